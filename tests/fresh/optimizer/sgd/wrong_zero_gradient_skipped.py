"""A gradient of zeros is treated like None: no decay then, and no move by the old velocity."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for i in range(len(params)):
            if grads[i] is None or torch.count_nonzero(grads[i]) == 0:
                continue  # nothing to learn here
            g = grads[i] + weight_decay * params[i]
            velocities[i].copy_(momentum * velocities[i] + g)
            params[i] -= lr * velocities[i]
