"""The linear branch of Huber's loss jumps at delta: subtract delta/2 from the distance, so that both branches meet.

Signature: delta/2 times delta too much for each distance beyond delta.
"""

import torch


def mse_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input, target, reduction="mean", delta=1.0):
    distance = _difference(input, target).abs()
    return _reduced(torch.where(distance <= delta, distance**2 / 2, delta * distance), reduction)


def _difference(input, target):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    return input - target


def _reduced(losses, reduction):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.mean() if reduction == "mean" else losses.sum()
