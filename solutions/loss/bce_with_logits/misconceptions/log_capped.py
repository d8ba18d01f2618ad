"""The logarithms stop at -100, as those of PyTorch's BCE loss for probabilities do: a sure and wrong answer costs 100.

Signature: right as long as the sigmoid does not round to 0 or 1; 100 from there on.
"""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    p = torch.sigmoid(input)
    yes, no = p.log().clamp(min=-100), (1 - p).log().clamp(min=-100)
    return -(weight * target * yes + (1 - target) * no).mean()
