"""Wrong: with a stride above 1 windows are written into the gradient of the input, not added where they overlap."""

import torch


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    n, c_in, height, width = input.shape
    k_h, k_w = weight.shape[2:]
    padded = torch.nn.functional.pad(input, (padding,) * 4)
    grad_padded = torch.zeros_like(padded)
    grad_weight = torch.zeros_like(weight)
    for r in range(grad_output.shape[2]):
        for c in range(grad_output.shape[3]):
            top, left = r * stride, c * stride
            g = grad_output[:, :, r, c]
            window = torch.tensordot(g, weight, dims=1)
            if stride == 1:
                grad_padded[:, :, top : top + k_h, left : left + k_w] += window
            else:
                grad_padded[:, :, top : top + k_h, left : left + k_w] = window
            seen = padded[:, :, top : top + k_h, left : left + k_w]
            grad_weight += torch.tensordot(g, seen, dims=([0], [0]))
    grad_input = grad_padded[:, :, padding : padding + height, padding : padding + width]
    return grad_input, grad_weight, grad_output.sum((0, 2, 3))
