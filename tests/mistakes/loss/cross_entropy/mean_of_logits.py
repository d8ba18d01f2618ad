"""Nonsense: returns minus the mean of the right classes' logits, without any softmax."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    picked = input[torch.arange(len(input)), target]
    return -picked.mean()
