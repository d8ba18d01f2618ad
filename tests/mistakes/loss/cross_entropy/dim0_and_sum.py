"""Normalises over the batch (dim=0) and also sums the losses instead of averaging."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    a = input - input.max(0).values
    logp = a - a.exp().sum(0).log()
    result = 0
    for i, t in enumerate(target):
        result = result - logp[i, t]
    return result
