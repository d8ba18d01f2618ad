"""Huber's loss from the distance cut off at delta: the square of that, and the rest linear."""

import torch


def check(input, target, reduction):
    if input.size() != target.size():
        raise ValueError("input and target must have the same shape")
    if reduction not in {"mean", "sum", "none"}:
        raise ValueError("reduction must be mean, sum or none")


def mse_loss(input, target, reduction="mean"):
    check(input, target, reduction)
    losses = torch.square(target - input)
    return losses if reduction == "none" else getattr(losses, reduction)()


def l1_loss(input, target, reduction="mean"):
    check(input, target, reduction)
    difference = target - input
    losses = difference * difference.sign()
    return losses if reduction == "none" else getattr(losses, reduction)()


def huber_loss(input, target, reduction="mean", delta=1.0):
    check(input, target, reduction)
    distance = (target - input).abs()
    near = distance.clamp(max=delta)
    losses = 0.5 * near**2 + delta * (distance - near)
    return losses if reduction == "none" else getattr(losses, reduction)()
