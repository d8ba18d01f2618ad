"""Weights the gradient by 1 - momentum, an exponential moving average instead of the plain sum."""

from collections.abc import Sequence

import torch


def sgd_step(
    params: Sequence[torch.Tensor],
    grads: Sequence[torch.Tensor | None],
    velocities: Sequence[torch.Tensor],
    lr: float,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
) -> None:
    with torch.no_grad():
        for p, grad, v in zip(params, grads, velocities):
            if grad is not None:
                g = grad + weight_decay * p
                v[...] = momentum * v + (1 - momentum) * g
                p[...] = p - lr * v
