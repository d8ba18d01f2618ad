"""Filters None out of grads only, so the gradients no longer belong to the parameters beside them."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    grads = [g for g in grads if g is not None]
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            g = g + weight_decay * p
            v.mul_(momentum).add_(g)
            p.sub_(lr * v)
