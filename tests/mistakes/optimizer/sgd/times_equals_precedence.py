"""Writes v *= momentum + g, which multiplies the velocity by the sum instead of adding g."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, grad, v in zip(params, grads, velocities):
            if grad is None:
                continue
            g = grad + weight_decay * p
            v *= momentum + g
            p -= lr * v
