"""Returns inside the loop, so only the first sample counts (divided by N)."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    loss = 0.0
    for i in range(len(input)):
        row = input[i] - torch.max(input[i])
        loss = loss + torch.log(torch.sum(torch.exp(row))) - row[target[i]]
        return loss / len(input)
