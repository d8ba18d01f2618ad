"""Adds the losses of the samples up instead of taking their mean."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    log_probabilities = torch.log_softmax(input, dim=1)
    picked = log_probabilities.gather(1, target.unsqueeze(1))
    return -picked.sum()
