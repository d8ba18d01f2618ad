"""Goes through the samples one by one and stacks them, which fails for an empty batch."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    if input.dim() == 1:
        y = weight @ input
        return y if bias is None else y + bias
    return torch.stack([linear(part, weight, bias) for part in input])
