"""Huber's two branches are multiplied by masks, so a far outlier has 0 times inf, which is nan."""

import torch


def mse_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean", delta: float = 1.0) -> torch.Tensor:
    d = torch.abs(_difference(input, target))
    near = (d <= delta).to(d.dtype)
    losses = near * (0.5 * d * d) + (1 - near) * delta * (d - 0.5 * delta)
    return _reduced(losses, reduction)


def _difference(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"shapes differ: {tuple(input.shape)} and {tuple(target.shape)}")
    return input - target


def _reduced(losses: torch.Tensor, reduction: str) -> torch.Tensor:
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise ValueError(f"no such reduction: {reduction!r}")
