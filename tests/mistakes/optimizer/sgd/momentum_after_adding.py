"""Adds g first and multiplies by the momentum afterwards, so that g is scaled too."""

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
            if grad is None:
                continue
            g = grad + weight_decay * p
            v.add_(g).mul_(momentum)
            p.sub_(lr * v)
