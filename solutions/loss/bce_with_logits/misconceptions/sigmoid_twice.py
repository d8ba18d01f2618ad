"""The sigmoid is applied twice: probabilities are treated as if they were logits again.

Signature: the loss of one element lies between 0.31 and 1.31.
"""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    x = torch.sigmoid(input)
    yes, no = torch.nn.functional.logsigmoid(x), torch.nn.functional.logsigmoid(-x)
    return -(weight * target * yes + (1 - target) * no).mean()
