"""One element after the other, over the flattened tensors."""

import torch


def reduce(loss_of_one, input, target, reduction):
    if tuple(input.shape) != tuple(target.shape) or reduction not in ("mean", "sum", "none"):
        raise ValueError("shapes or reduction")
    pairs = zip(input.reshape(-1), target.reshape(-1), strict=True)
    losses = torch.stack([loss_of_one(x - y) for x, y in pairs]).reshape(input.shape)
    if reduction == "none":
        return losses
    return losses.sum() / (losses.numel() if reduction == "mean" else 1)


def mse_loss(input, target, reduction="mean"):
    return reduce(lambda d: d * d, input, target, reduction)


def l1_loss(input, target, reduction="mean"):
    return reduce(torch.abs, input, target, reduction)


def huber_loss(input, target, reduction="mean", delta=1.0):
    def loss_of_one(d):
        return d * d / 2 if abs(d) <= delta else delta * (abs(d) - delta / 2)

    return reduce(loss_of_one, input, target, reduction)
