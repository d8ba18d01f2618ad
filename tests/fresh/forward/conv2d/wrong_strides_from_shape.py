"""Wrong: takes windows with as_strided and strides counted from the shape, which fits contiguous images only."""

import torch
import torch.nn.functional as F


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    if padding > 0:
        input = F.pad(input, (padding,) * 4)
    n, channels, h, w = input.shape
    kh, kw = weight.shape[2:]
    rows = (h - dilation * (kh - 1) - 1) // stride + 1
    columns = (w - dilation * (kw - 1) - 1) // stride + 1

    windows = torch.as_strided(
        input,
        (n, channels, rows, columns, kh, kw),
        (channels * h * w, h * w, stride * w, stride, dilation * w, dilation),
    )
    output = torch.einsum("nirchw,oihw->norc", windows, weight)
    if bias is not None:
        output = output + bias[None, :, None, None]
    return output
