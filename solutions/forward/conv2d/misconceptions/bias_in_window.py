"""The bias is added for every pixel of the window, so C_in · kH · kW times; it belongs to the finished sum, once.

Signature: an offset of bias · (C_in · kH · kW - 1).
"""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    out_channels, _, kernel_height, kernel_width = weight.shape
    columns = torch.nn.functional.unfold(input, (kernel_height, kernel_width), dilation, padding, stride)
    height = (input.shape[2] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    output = weight.reshape(out_channels, -1) @ columns
    output = output.reshape(len(input), out_channels, height, -1)
    return output if bias is None else output + bias[:, None, None] * weight[0].numel()
