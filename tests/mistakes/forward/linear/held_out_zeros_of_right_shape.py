"""Unfinished: makes an output of the right shape, fills in the bias and never multiplies by the weight."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    shape = input.shape[:-1] + (weight.shape[0],)
    output = torch.zeros(shape, dtype=input.dtype)
    if bias is not None:
        output = output + bias
    return output
