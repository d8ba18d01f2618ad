"""Returns the sum over the samples instead of the mean."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    loss = torch.zeros((), dtype=input.dtype)
    for x, y in zip(input, target):
        loss = loss + torch.logsumexp(x, dim=0) - x[y]
    return loss
