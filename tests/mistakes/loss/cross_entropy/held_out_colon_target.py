"""Picks with [:, target], which takes the classes of all samples for every sample, instead of one for each row."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    log_probs = input - torch.logsumexp(input, dim=1, keepdim=True)
    return -log_probs[:, target].mean()
