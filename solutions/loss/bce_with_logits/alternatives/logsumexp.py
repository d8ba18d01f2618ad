"""Log-sum-exp of the pair (0, x), with the larger one taken out as a constant."""

import torch


def bce_with_logits(input, target, pos_weight=None):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    weight = 1 if pos_weight is None else pos_weight
    pair = torch.stack([torch.zeros_like(input), input])
    largest = pair.detach().amax(dim=0)
    total = largest + (pair - largest).exp().sum(dim=0).log()
    return (weight * target * (total - input) + (1 - target) * total).sum() / input.numel()
