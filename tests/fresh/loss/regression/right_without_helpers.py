"""No helpers: each checks for itself; distances by the sign, Huber's as a near and a far part."""

import torch


def mse_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    if input.size() != target.size():
        raise ValueError("input and target differ in shape")
    if reduction not in ("mean", "sum", "none"):
        raise ValueError("reduction is mean, sum or none")
    square = torch.square(torch.sub(input, target))
    return square if reduction == "none" else getattr(square, reduction)()


def l1_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    if input.size() != target.size():
        raise ValueError("input and target differ in shape")
    if reduction not in ("mean", "sum", "none"):
        raise ValueError("reduction is mean, sum or none")
    difference = input - target
    distance = difference * torch.sign(difference.detach())
    return distance if reduction == "none" else getattr(distance, reduction)()


def huber_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean", delta: float = 1.0) -> torch.Tensor:
    if input.size() != target.size():
        raise ValueError("input and target differ in shape")
    if reduction not in ("mean", "sum", "none"):
        raise ValueError("reduction is mean, sum or none")
    difference = input - target
    near = torch.clamp(difference, -delta, delta)
    loss = near * near / 2 + delta * (difference - near).abs()
    return loss if reduction == "none" else getattr(loss, reduction)()
