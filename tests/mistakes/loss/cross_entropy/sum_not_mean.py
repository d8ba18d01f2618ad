"""Returns the sum over the batch instead of the mean."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    lse = torch.logsumexp(input, dim=1)
    correct = input[torch.arange(len(input)), target]
    return (lse - correct).sum()
