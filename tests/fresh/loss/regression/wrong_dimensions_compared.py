"""Compares only the number of dimensions, so (3, 1) and (1, 3) are broadcast."""

import torch


def mse_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean", delta: float = 1.0) -> torch.Tensor:
    d = _difference(input, target).abs()
    return _reduced(torch.where(d <= delta, 0.5 * d**2, delta * (d - 0.5 * delta)), reduction)


def _difference(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    if input.dim() != target.dim():
        raise ValueError("input and target must have the same shape")
    return input - target


def _reduced(losses: torch.Tensor, reduction: str) -> torch.Tensor:
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise ValueError(f"no such reduction: {reduction!r}")
