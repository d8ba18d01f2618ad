"""Without momentum the shortcut p = p - lr g leaves the velocity at its old numbers instead of making it g."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, grad, v in zip(params, grads, velocities):
        if grad is None:
            continue
        step = grad + weight_decay * p
        if momentum > 0:
            v *= momentum
            v += step
            step = v
        p -= lr * step
