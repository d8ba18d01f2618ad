"""Subtracts the bias instead of adding it."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    z = input.matmul(weight.T)
    return z if bias is None else z - bias
