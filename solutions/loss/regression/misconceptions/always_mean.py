"""The mean is returned whatever `reduction` says: "sum" and "none" are asked for as well.

Signature: right for "mean".
"""

import torch


def mse_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input, target, reduction="mean", delta=1.0):
    distance = _difference(input, target).abs()
    squared, linear = distance**2 / 2, delta * (distance - delta / 2)
    return _reduced(torch.where(distance <= delta, squared, linear), reduction)


def _difference(input, target):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    return input - target


def _reduced(losses, reduction):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    return losses.mean()
