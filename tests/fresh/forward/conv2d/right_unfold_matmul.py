"""Images to columns by unfold, one matrix product for all channels and windows, and back to images."""

import torch
from torch.nn.functional import unfold


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> torch.Tensor:
    (samples, _, height, width), (kernels, _, kh, kw) = input.shape, weight.shape
    columns = unfold(input, (kh, kw), dilation=dilation, padding=padding, stride=stride)
    sums = weight.flatten(1) @ columns
    if bias is not None:
        sums = sums + bias.unsqueeze(1)
    rows = (height + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    return sums.reshape(samples, kernels, rows, -1)
