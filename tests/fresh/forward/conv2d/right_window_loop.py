"""A loop over all output places: index the window's pixels in a padded copy, sum it against every kernel, stack."""

import torch


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> torch.Tensor:
    n, channels, h, w = input.shape
    kernels, _, kh, kw = weight.shape
    padded = input.new_zeros((n, channels, h + 2 * padding, w + 2 * padding))
    padded[:, :, padding : padding + h, padding : padding + w] = input
    high, wide = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    lines = []
    for top in range(0, h + 2 * padding - high + 1, stride):
        line = []
        for left in range(0, w + 2 * padding - wide + 1, stride):
            window = padded[:, :, top : top + high : dilation, left : left + wide : dilation]
            line.append(torch.tensordot(window, weight, dims=([1, 2, 3], [1, 2, 3])))  # (N, C_out)
        lines.append(torch.stack(line, dim=-1))
    output = torch.stack(lines, dim=-2)
    return output if bias is None else output + bias[None, :, None, None]
