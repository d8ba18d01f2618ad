"""Adds up the losses in a loop and forgets to divide by the number of samples."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    N, C = input.shape
    total = torch.zeros((), dtype=input.dtype)
    for i in range(N):
        m = input[i].max()
        denom = sum(torch.exp(input[i, c] - m) for c in range(C))
        total = total + m + torch.log(denom) - input[i, target[i]]
    return total
