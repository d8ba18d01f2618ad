"""Returns at the first gradient that is None instead of going on with the next parameter."""

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
                return
            g = g + weight_decay * p
            v.mul_(momentum).add_(g)
            p.sub_(lr * v)
