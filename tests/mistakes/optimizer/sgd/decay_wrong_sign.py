"""Subtracts the weight decay from the gradient, so parameters grow."""

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
        for theta, grad, vel in zip(params, grads, velocities):
            if grad is None:
                continue
            g = grad - weight_decay * theta
            vel.mul_(momentum).add_(g)
            theta.sub_(lr * vel)
