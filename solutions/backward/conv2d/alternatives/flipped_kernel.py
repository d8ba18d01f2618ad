"""The input's gradient as a convolution of its own: the upstream gradient spread by the stride, the kernel flipped."""

import torch


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    height, width = input.shape[2:]
    down, right = weight.shape[2:]
    rows, columns = (stride * (size - 1) + 1 for size in grad_output.shape[2:])
    # The kernel overlaps the spread gradient from all sides, so there are zeros around it; more where no window came.
    spread = grad_output.new_zeros(
        len(input), len(weight), height + 2 * padding + down - 1, width + 2 * padding + right - 1
    )
    spread[:, :, down - 1 : down - 1 + rows : stride, right - 1 : right - 1 + columns : stride] = grad_output
    windows = spread.unfold(2, down, 1).unfold(3, right, 1)
    grad_padded = torch.einsum("nohwuv,oiuv->nihw", windows, weight.flip(2, 3))
    grad_input = grad_padded[:, :, padding : padding + height, padding : padding + width]

    padded = torch.nn.functional.pad(input, [padding] * 4)
    seen = padded.unfold(2, down, stride).unfold(3, right, stride)
    grad_weight = torch.einsum("nohw,nihwuv->oiuv", grad_output, seen)
    return grad_input, grad_weight, torch.einsum("nohw->o", grad_output)
