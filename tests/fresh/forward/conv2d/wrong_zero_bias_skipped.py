"""Wrong: does not add a bias of zeros, as that changes no number, and so no gradient reaches such a bias."""

import torch
import torch.nn.functional as F


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    padded = F.pad(input, (padding, padding, padding, padding))
    for dim, size in ((2, weight.shape[2]), (3, weight.shape[3])):
        padded = padded.unfold(dim, dilation * (size - 1) + 1, stride)
    windows = padded[..., ::dilation, ::dilation]
    output = torch.einsum("nirchw,oihw->norc", windows, weight)
    if bias is not None and bias.any():
        output = output + bias.view(1, -1, 1, 1)
    return output
