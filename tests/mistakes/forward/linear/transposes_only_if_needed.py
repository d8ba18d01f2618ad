"""Transposes the weight only if the shapes do not fit already, so a square weight is used the wrong way round."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    if input.shape[-1] != weight.shape[0]:
        weight = weight.T
    output = input @ weight
    if bias is not None:
        output = output + bias
    return output
