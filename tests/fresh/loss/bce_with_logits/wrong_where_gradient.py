"""Chooses with where between x and log(1 + exp(x)): finite losses, but nan in the gradient where exp overflows."""

import torch


def _softplus(x: torch.Tensor) -> torch.Tensor:
    return torch.where(x > 30, x, torch.log1p(torch.exp(x)))


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"input is {tuple(input.shape)}, target is {tuple(target.shape)}")
    weight = torch.ones_like(input) if pos_weight is None else pos_weight
    yes = weight * target * _softplus(-input)
    no = (1 - target) * _softplus(input)
    return torch.mean(yes + no)
