"""Shrinks the parameter by lr * weight_decay directly, as AdamW does, so the decay does not go through the velocity."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for theta, grad, v in zip(params, grads, velocities):
        if grad is None:
            continue
        with torch.no_grad():
            theta.mul_(1 - lr * weight_decay)
            v.copy_(momentum * v + grad)
            theta.sub_(lr * v)
