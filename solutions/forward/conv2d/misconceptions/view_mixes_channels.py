"""Pixels and channels are mixed up: a result of shape (N, places, C_out) was reshaped where it must be transposed.

Signature: the right numbers in the wrong places; right for one output channel.
"""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    out_channels, _, kernel_height, kernel_width = weight.shape
    columns = torch.nn.functional.unfold(input, (kernel_height, kernel_width), dilation, padding, stride)
    output = columns.transpose(1, 2) @ weight.reshape(out_channels, -1).T
    if bias is not None:
        output = output + bias
    height = (input.shape[2] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    return output.reshape(len(input), out_channels, height, -1)
