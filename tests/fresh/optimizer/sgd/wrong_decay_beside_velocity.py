"""The weight decay is taken off the parameter directly and never goes through the velocity."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, grad, v in zip(params, grads, velocities):
        if grad is None:
            continue
        v.mul_(momentum).add_(grad)
        p.sub_(lr * (v + weight_decay * p))
