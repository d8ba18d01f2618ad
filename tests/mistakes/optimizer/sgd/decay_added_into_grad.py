"""Adds the weight decay in place to the gradient, which should stay as it is."""

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
        for parameter, grad, velocity in zip(params, grads, velocities):
            if grad is None:
                continue
            grad += weight_decay * parameter
            velocity.mul_(momentum).add_(grad)
            parameter.sub_(lr * velocity)
