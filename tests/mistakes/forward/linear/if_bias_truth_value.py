"""Writes `if bias:`, which is an error for a tensor with more than one element."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    output = input @ weight.T
    if bias:
        output = output + bias
    return output
