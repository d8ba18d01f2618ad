"""Guesses the layout of the weight from its shape, so a square weight is not transposed."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    features = input.shape[-1]
    # turn the weight only if it does not fit already
    if weight.shape[0] != features:
        weight = weight.T
    output = torch.matmul(input, weight)
    if bias is not None:
        output = output + bias
    return output
