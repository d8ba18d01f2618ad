"""Adds the weight decay to the final step only, so that it never goes through the velocity."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for i in range(len(params)):
        if grads[i] is not None:
            with torch.no_grad():
                velocities[i] *= momentum
                velocities[i] += grads[i]
                update = velocities[i] + weight_decay * params[i]
                params[i] -= lr * update
