"""The logarithm is taken of the finished sigmoid: where that rounds to 0 or 1, the loss is inf or nan.

Signature: right for small logits; inf or nan for logits of 20 in float32, 40 in float64.
"""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    p = torch.sigmoid(input)
    return -(weight * target * p.log() + (1 - target) * (1 - p).log()).mean()
