"""Multiplies the whole loss with pos_weight, the part of the noes as well."""

import torch
import torch.nn.functional as F


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"input is {tuple(input.shape)}, target is {tuple(target.shape)}")
    losses = -(target * F.logsigmoid(input) + (1 - target) * F.logsigmoid(-input))
    if pos_weight is not None:
        losses = pos_weight * losses
    return losses.mean()
