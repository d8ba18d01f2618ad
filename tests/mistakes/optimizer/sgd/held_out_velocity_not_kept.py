"""Computes the new velocity in a local variable and never writes it back, so the velocity never changes."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, grad, velocity in zip(params, grads, velocities):
        if grad is not None:
            grad = grad + weight_decay * p.data
            velocity = momentum * velocity + grad
            p.data -= lr * velocity
