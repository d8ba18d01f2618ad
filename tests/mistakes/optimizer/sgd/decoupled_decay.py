"""Decouples the weight decay like AdamW: shrinks the parameter directly instead of adding it to g."""

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
        for p, g, v in zip(params, grads, velocities):
            if g is None:
                continue
            p.mul_(1 - lr * weight_decay)
            v.mul_(momentum).add_(g)
            p.add_(v, alpha=-lr)
