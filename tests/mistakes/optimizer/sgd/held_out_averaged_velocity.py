"""Takes an exponential average, momentum * v + (1 - momentum) * g, for the velocity."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            if g is None:
                continue
            d = g + weight_decay * p
            v.mul_(momentum).add_(d, alpha=1 - momentum)
            p.add_(v, alpha=-lr)
