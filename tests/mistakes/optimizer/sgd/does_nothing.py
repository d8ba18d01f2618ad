"""Unfinished: unpacks the lists and does nothing with them."""

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
    for parameter, grad, velocity in zip(params, grads, velocities):
        if grad is None:
            continue
        pass
