"""Wrong: pads with padding * dilation zeros, so the result is too large with a padding and a dilation above 1."""

import torch
import torch.nn.functional as F


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    border = padding * dilation
    x = F.pad(input, (border, border, border, border))
    high, wide = weight.shape[2:]
    rows = (x.shape[2] - dilation * (high - 1) - 1) // stride + 1
    columns = (x.shape[3] - dilation * (wide - 1) - 1) // stride + 1

    output = x.new_zeros(x.shape[0], weight.shape[0], rows, columns)
    for u in range(high):
        for v in range(wide):
            part = x[:, :, u * dilation :, v * dilation :][:, :, ::stride, ::stride][:, :, :rows, :columns]
            output = output + torch.einsum("nihw,oi->nohw", part, weight[:, :, u, v])
    if bias is not None:
        output = output + bias.reshape(1, -1, 1, 1)
    return output
