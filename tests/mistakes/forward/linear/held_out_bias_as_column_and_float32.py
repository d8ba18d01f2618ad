"""Two mistakes: turns the bias into a column, so it goes along the wrong dimension, and casts everything to float32."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    x = input.float()
    w = weight.float()
    y = x @ w.T
    if bias is not None:
        b = bias.float().unsqueeze(1)
        y = y + b
    return y
