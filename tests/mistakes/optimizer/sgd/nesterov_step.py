"""Takes the Nesterov step g + momentum * v instead of v."""

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
        for p, d_p, buf in zip(params, grads, velocities):
            if d_p is None:
                continue
            d_p = d_p.add(p, alpha=weight_decay)
            buf.mul_(momentum).add_(d_p)
            d_p = d_p.add(buf, alpha=momentum)
            p.add_(d_p, alpha=-lr)
