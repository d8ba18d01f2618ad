"""The absolute loss picks d or -d with where, so its gradient at distance 0 is 1 and not 0."""

import torch


def mse_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    d = _difference(input, target)
    return _reduced(torch.where(d >= 0, d, -d), reduction)


def huber_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean", delta: float = 1.0) -> torch.Tensor:
    d = _difference(input, target).abs()
    return _reduced(torch.where(d <= delta, 0.5 * d**2, delta * (d - 0.5 * delta)), reduction)


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
