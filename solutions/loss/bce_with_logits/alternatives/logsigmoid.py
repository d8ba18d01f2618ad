"""PyTorch's logsigmoid; one call is enough, since -log(1 - σ(x)) is x - log σ(x)."""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    factor = 1 + (weight - 1) * target
    return ((1 - target) * input - factor * torch.nn.functional.logsigmoid(input)).mean()
