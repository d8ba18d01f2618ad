"""Gives pos_weight to the elements whose target is exactly 1, so a probability in between counts without it."""

import torch


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"input is {tuple(input.shape)}, target is {tuple(target.shape)}")
    zero = torch.zeros_like(input)
    losses = target * torch.logaddexp(zero, -input) + (1 - target) * torch.logaddexp(zero, input)
    if pos_weight is not None:
        losses = torch.where(target == 1, pos_weight * losses, losses)
    return losses.mean()
