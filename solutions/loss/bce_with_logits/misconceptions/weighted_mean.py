"""The sum is divided by the sum of the weights: with `pos_weight` the mean is still over the number of elements.

Signature: right without weights.
"""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    positive, negative = torch.nn.functional.logsigmoid(input), torch.nn.functional.logsigmoid(-input)
    losses = -(weight * target * positive + (1 - target) * negative)
    return losses.sum() / (weight * target + (1 - target)).sum()
