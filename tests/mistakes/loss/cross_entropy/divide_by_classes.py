"""Divides by the number of classes instead of the number of samples."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    shifted = input - input.amax(dim=1, keepdim=True)
    logp = shifted - shifted.exp().sum(dim=1, keepdim=True).log()
    picked = torch.take_along_dim(logp, target[:, None], dim=1)
    n = input.shape[-1]
    return -picked.sum() / n
