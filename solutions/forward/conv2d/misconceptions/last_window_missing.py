"""The output is one row and one column too small: the number of steps was counted, not that of positions (+ 1).

Signature: the right numbers without the last row and the last column.
"""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(input, [padding] * 4)
    windows = padded.unfold(2, dilation * (weight.shape[2] - 1) + 1, stride)
    windows = windows.unfold(3, dilation * (weight.shape[3] - 1) + 1, stride)[:, :, :-1, :-1, ::dilation, ::dilation]
    output = torch.einsum("nihwuv,oiuv->nohw", windows, weight)
    return output if bias is None else output + bias[:, None, None]
