"""Flips the kernel first, as mathematicians do: a true convolution and not the cross-correlation."""

import torch
import torch.nn.functional as F


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> torch.Tensor:
    n, _, height, width = input.shape
    c_out, _, kh, kw = weight.shape
    h_out = (height + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w_out = (width + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    columns = F.unfold(input, (kh, kw), dilation=dilation, padding=padding, stride=stride)
    kernel = torch.flip(weight, dims=(2, 3)).reshape(c_out, -1)
    result = (kernel @ columns).reshape(n, c_out, h_out, w_out)
    if bias is not None:
        result = result + bias[:, None, None]
    return result
