"""Huber's loss is nan for an outlier: 0 times an infinite square is not 0. Pick a branch for each element instead.

Signature: right until a square overflows.
"""


def mse_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input, target, reduction="mean"):
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input, target, reduction="mean", delta=1.0):
    distance = _difference(input, target).abs()
    near = (distance <= delta).to(distance.dtype)
    return _reduced(near * distance**2 / 2 + (1 - near) * delta * (distance - delta / 2), reduction)


def _difference(input, target):
    if input.shape != target.shape:
        raise ValueError("the shapes differ")
    return input - target


def _reduced(losses, reduction):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.mean() if reduction == "mean" else losses.sum()
