"""Adds 1e-12 inside the logarithm of the probability, so a very wrong answer costs about 28 instead of 1000."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    eps = 1e-12
    probs = torch.softmax(input, dim=-1)
    p_right = probs[range(len(target)), target]
    loss = -torch.log(p_right + eps)
    return loss.mean()
