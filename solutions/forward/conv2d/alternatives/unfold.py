"""All windows as columns (im2col), then one matrix product."""

import torch


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1):
    out_channels, _, kernel_height, kernel_width = weight.shape
    columns = torch.nn.functional.unfold(input, (kernel_height, kernel_width), dilation, padding, stride)
    output = weight.reshape(out_channels, -1) @ columns
    height = (input.shape[2] + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    output = output.reshape(len(input), out_channels, height, -1)
    if bias is not None:
        output = output + bias.reshape(1, -1, 1, 1)
    return output
