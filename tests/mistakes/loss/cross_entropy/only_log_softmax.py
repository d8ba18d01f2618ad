"""Unfinished: returns the (N, C) log-probabilities and never uses target."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    # step 1: log softmax
    m = input.max(dim=1, keepdim=True).values
    lsm = input - m - (input - m).exp().sum(dim=1, keepdim=True).log()
    # step 2: TODO pick the right class
    return lsm
