"""Two softplus functions, by PyTorch."""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    positive, negative = torch.nn.functional.softplus(-input), torch.nn.functional.softplus(input)
    return (weight * target * positive + (1 - target) * negative).mean()
