"""Unfinished: plain gradient descent, momentum and weight decay are still missing."""

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
        for p, g in zip(params, grads):
            if g is not None:
                p -= lr * g
