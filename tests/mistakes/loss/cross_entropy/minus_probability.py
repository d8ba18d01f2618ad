"""Forgets the log: returns the mean of minus the probability of the right class."""

import torch


def softmax(x):
    e = torch.exp(x - x.max(dim=1, keepdim=True).values)
    return e / e.sum(dim=1, keepdim=True)


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    probs = softmax(input)
    return torch.mean(-probs[torch.arange(probs.shape[0]), target])
