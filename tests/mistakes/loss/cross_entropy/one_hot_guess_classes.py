"""Calls one_hot without the number of classes, which fails when the last class is not in the batch."""

import torch
import torch.nn.functional as F


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    labels = F.one_hot(target)
    logp = F.log_softmax(input, dim=1)
    return -(labels * logp).sum(dim=1).mean()
