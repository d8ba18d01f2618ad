"""Checks only that both have as many elements, so (N, 1) and (N,) are broadcast to a table."""

import torch


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    if input.numel() != target.numel():
        raise ValueError("input and target must match")
    factor = 1 if pos_weight is None else pos_weight
    log_yes = torch.nn.functional.logsigmoid(input)
    log_no = torch.nn.functional.logsigmoid(-input)
    return -(factor * target * log_yes + (1 - target) * log_no).mean()
