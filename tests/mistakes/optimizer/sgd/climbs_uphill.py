"""Adds lr * v to the parameter instead of subtracting it."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    k = 0
    while k < len(params):
        if grads[k] is not None:
            p, v = params[k].detach(), velocities[k]
            v.mul_(momentum)
            v.add_(grads[k])
            v.add_(weight_decay * p)
            p.add_(v, alpha=lr)
        k += 1
