"""Assigns the results to the local loop names, so neither parameters nor velocities change."""

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
        for p, g, v in zip(params, grads, velocities, strict=True):
            if g is None:
                continue
            g = g + weight_decay * p
            v = momentum * v + g
            p = p - lr * v
