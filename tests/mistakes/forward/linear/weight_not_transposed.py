"""Multiplies by the weight without transposing it."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    output = torch.matmul(input, weight)
    if bias is not None:
        output = output + bias
    return output
