"""Skips parameters whose gradient is all zeros as if it were None."""

import torch


def has_grad(g):
    return g is not None and bool(g.abs().sum() > 0)


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            if has_grad(g):
                v.mul_(momentum).add_(g + weight_decay * p)
                p.sub_(v * lr)
