"""Computes the log-sum-exp sample by sample without shifting by the maximum, which overflows."""

import torch


def log_sum_exp(row):
    total = 0
    for x in row:
        total = total + x.exp()
    return total.log()


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    losses = []
    for row, y in zip(input, target):
        losses.append(log_sum_exp(row) - row[y])
    return torch.stack(losses).mean()
