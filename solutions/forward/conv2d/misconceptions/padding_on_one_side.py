"""All the zeros lie below and to the right of the image; half of them belong above it and to its left.

Signature: the right size; the image is moved up and left by the padding.
"""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(input, (0, 2 * padding, 0, 2 * padding))
    windows = padded.unfold(2, dilation * (weight.shape[2] - 1) + 1, stride)
    windows = windows.unfold(3, dilation * (weight.shape[3] - 1) + 1, stride)[..., ::dilation, ::dilation]
    output = torch.einsum("nihwuv,oiuv->nohw", windows, weight)
    return output if bias is None else output + bias[:, None, None]
