"""Multiplies the gradient by lr before it goes into the velocity, so old steps keep their old lr."""

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
        for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
            if grad is None:
                continue
            g = grad + weight_decay * parameter
            velocity.mul_(momentum).add_(g, alpha=lr)
            parameter.sub_(velocity)
