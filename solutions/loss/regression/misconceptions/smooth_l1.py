"""This is the smooth L1 loss, Huber's loss divided by delta: the two agree only for a delta of 1.

Signature: ratio 1/delta in Huber's loss.
"""

import torch


def mse_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input, target, reduction="mean", delta=1.0):
    distance = _difference(input, target).abs()
    return _reduced(torch.where(distance < delta, distance**2 / (2 * delta), distance - delta / 2), reduction)


def _difference(input, target):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    return input - target


def _reduced(losses, reduction):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.mean() if reduction == "mean" else losses.sum()
