"""Elements with a negative logit and the others by different formulas, whose exponents are never positive."""

import torch


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"input is {tuple(input.shape)}, target is {tuple(target.shape)}")
    negative = input < 0
    down = torch.where(negative, input, -input)
    rest = down.exp().log1p()
    cost_of_yes = torch.where(negative, rest - input, rest)
    cost_of_no = torch.where(negative, rest, rest + input)
    if pos_weight is not None:
        cost_of_yes = cost_of_yes * pos_weight
    losses = target * cost_of_yes + (1 - target) * cost_of_no
    return losses.sum() / losses.numel()
