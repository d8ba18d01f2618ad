"""Leaves out a bias of zeros to save the addition, so such a bias gets no gradient."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    result = input @ weight.T
    if bias is None or not bias.any():
        return result
    return result + bias
