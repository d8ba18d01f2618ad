"""Zeroes the gradients at the end of the step, though they should stay as they are."""

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
            velocity.mul_(momentum).add_(grad).add_(weight_decay * parameter)
            parameter.sub_(lr * velocity)
        for grad in grads:
            if grad is not None:
                grad.zero_()
