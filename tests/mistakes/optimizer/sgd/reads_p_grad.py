"""Reads p.grad of the parameter instead of the gradient in the list grads."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, v in zip(params, velocities):
        if p.grad is None:
            continue
        g = p.grad + weight_decay * p
        v.mul_(momentum).add_(g)
        p.sub_(lr * v)
