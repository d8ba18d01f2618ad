"""Multiplies the velocity by the momentum before the check for None, so a skipped velocity shrinks."""

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
        for i, velocity in enumerate(velocities):
            velocity *= momentum
            if grads[i] is None:
                continue
            velocity += grads[i] + weight_decay * params[i]
            params[i] -= lr * velocity
