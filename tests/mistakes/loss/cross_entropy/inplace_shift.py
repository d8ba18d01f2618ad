"""Subtracts the maximum with -=, which changes the caller's logits."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    input -= input.max(dim=1, keepdim=True).values
    log_z = input.exp().sum(dim=1).log()
    return (log_z - input[torch.arange(len(input)), target]).mean()
