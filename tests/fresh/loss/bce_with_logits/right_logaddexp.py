"""Both logarithms by logaddexp with 0, collected into (1 - y) x + (1 + (p - 1) y) log(1 + exp(-x))."""

import torch


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"input is {tuple(input.shape)}, target is {tuple(target.shape)}")
    minus_log_yes = torch.logaddexp(input.new_zeros(()), -input)
    factor = 1 if pos_weight is None else 1 + (pos_weight - 1) * target
    return torch.mean((1 - target) * input + factor * minus_log_yes)
