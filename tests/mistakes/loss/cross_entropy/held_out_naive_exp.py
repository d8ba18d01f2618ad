"""Exponentiates the logits as they are, so large ones overflow to inf."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    N = input.shape[0]
    correct = input[torch.arange(N), target]
    log_sum = torch.log(torch.exp(input).sum(dim=1))
    return (log_sum - correct).mean()
