"""Treats None as a gradient of zeros, so momentum and weight decay still move the parameter."""

import torch


def _grad_or_zero(p, g):
    return torch.zeros_like(p) if g is None else g


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        all_grads = [_grad_or_zero(p, g) + weight_decay * p for p, g in zip(params, grads)]
        for p, g, v in zip(params, all_grads, velocities):
            v.copy_(momentum * v + g)
            p.copy_(p - lr * v)
