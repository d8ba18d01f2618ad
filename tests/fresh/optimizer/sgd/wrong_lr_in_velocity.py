"""The learning rate goes into the velocity (v = mu v + lr g, p = p - v), so old parts keep an old rate."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, grad, v in zip(params, grads, velocities):
        if grad is None:
            continue
        g = grad + weight_decay * p
        v.mul_(momentum).add_(lr * g)
        p.sub_(v)
