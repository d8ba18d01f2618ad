"""Returns a Python float with .item() instead of a tensor."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    losses = torch.logsumexp(input, dim=1) - input[torch.arange(len(target)), target]
    return losses.mean().item()
