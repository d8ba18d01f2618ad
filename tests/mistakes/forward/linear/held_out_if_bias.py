"""Asks `if bias:` instead of `if bias is not None`, which is no yes or no for a tensor of many numbers."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    out = input @ weight.T
    if bias:
        out = out + bias
    return out
