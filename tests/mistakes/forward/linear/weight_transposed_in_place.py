"""Transposes the weight in place with t_(), so the caller's weight is changed."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    weight.t_()
    y = input @ weight
    if bias is not None:
        y = y + bias
    return y
