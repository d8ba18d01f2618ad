"""Collects the losses with .item() and builds a new tensor, so no gradient reaches the logits."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    losses = []
    for x, y in zip(input, target):
        m = x.max()
        one_loss = torch.log(torch.sum(torch.exp(x - m))) + m - x[y]
        losses.append(one_loss.item())
    return torch.tensor(losses, dtype=input.dtype).mean()
