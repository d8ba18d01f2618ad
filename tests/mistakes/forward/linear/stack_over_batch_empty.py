"""Loops over the samples recursively and stacks them, which fails for an empty batch."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    if input.ndim == 1:
        y = torch.mv(weight, input)
        return y if bias is None else y + bias
    return torch.stack([linear(sample, weight, bias) for sample in input])
