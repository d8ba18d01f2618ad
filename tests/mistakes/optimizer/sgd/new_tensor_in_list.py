"""Puts a new tensor into the list params instead of changing the tensor in place."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for i in range(len(params)):
            if grads[i] is None:
                continue
            g = grads[i] + weight_decay * params[i]
            velocities[i].mul_(momentum)
            velocities[i].add_(g)
            params[i] = params[i] - lr * velocities[i]
