"""Unfinished: returns a zero."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    loss = torch.zeros((), dtype=input.dtype)
    return loss
