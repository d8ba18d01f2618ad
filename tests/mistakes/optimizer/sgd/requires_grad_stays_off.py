"""Switches requires_grad off for the update and never on again."""

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
    for p, g, v in zip(params, grads, velocities):
        if g is None:
            continue
        p.requires_grad_(False)
        d = g + weight_decay * p
        v.mul_(momentum).add_(d)
        p.sub_(lr * v)
