"""The gradient of a logit of exactly 0 is taken from one side of a kink in abs() or clamp(): it must be 1/2 - y.

Signature: every value and every other gradient is right.
"""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    rest = torch.log1p(torch.exp(-input.abs()))
    positive, negative = (-input).clamp(min=0) + rest, input.clamp(min=0) + rest
    return (weight * target * positive + (1 - target) * negative).mean()
