"""Puts the learning rate into the velocity, v = momentum * v + lr * g and p = p - v, as many textbooks do."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for i, grad in enumerate(grads):
        if grad is None:
            continue
        p, v = params[i], velocities[i]
        g = grad + weight_decay * p
        v[...] = momentum * v + lr * g
        p -= v
