"""Huber's loss without a case: q (d - q/2), where q is the distance, but at most delta."""

import torch


def mse_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target) ** 2, reduction)


def l1_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    return _reduced(_difference(input, target).abs(), reduction)


def huber_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean", delta: float = 1.0) -> torch.Tensor:
    distance = _difference(input, target).abs()
    near = distance.clamp(max=delta)
    return _reduced(near * (distance - near / 2), reduction)


def _difference(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    if input.shape != target.shape:
        raise ValueError(f"shapes differ: {tuple(input.shape)} and {tuple(target.shape)}")
    return input - target


def _reduced(losses: torch.Tensor, reduction: str) -> torch.Tensor:
    reducers = {"mean": torch.mean, "sum": torch.sum, "none": lambda unchanged: unchanged}
    if reduction not in reducers:
        raise ValueError(f"reduction must be one of {sorted(reducers)}, not {reduction!r}")
    return reducers[reduction](losses)
