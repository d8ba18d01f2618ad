"""Prints the loss for debugging and never returns it."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    logp = torch.log_softmax(input, dim=1)
    losses = -logp[torch.arange(len(target)), target]
    loss = losses.mean()
    print("loss:", loss)
