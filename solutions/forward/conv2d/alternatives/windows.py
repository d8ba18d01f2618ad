"""A view of all windows (tensor.unfold), summed with the kernels by one einsum."""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(input, [padding] * 4)
    for dim in (2, 3):
        padded = padded.unfold(dim, dilation * (weight.shape[dim] - 1) + 1, stride)
    windows = padded[..., ::dilation, ::dilation]
    output = torch.einsum("nihwuv,oiuv->nohw", windows, weight)
    return output if bias is None else output + bias.view(-1, 1, 1)
