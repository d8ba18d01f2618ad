"""Lets one_hot guess the number of classes, which goes wrong if the batch holds no sample of the last class."""

import torch
import torch.nn.functional as F


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    log_p = F.log_softmax(input, dim=-1)
    chosen = F.one_hot(target).to(input.dtype)
    losses = -(log_p * chosen).sum(dim=-1)
    return losses.mean()
