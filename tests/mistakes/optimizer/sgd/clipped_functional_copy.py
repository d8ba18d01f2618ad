"""Two mistakes: returns new lists instead of updating in place, and clips the gradient to [-1, 1]."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    new_params, new_velocities = [], []
    for p, g, v in zip(params, grads, velocities):
        if g is None:
            new_params.append(p)
            new_velocities.append(v)
            continue
        g = torch.clamp(g, -1.0, 1.0) + weight_decay * p.detach()
        v = momentum * v + g
        new_velocities.append(v)
        new_params.append(p.detach() - lr * v)
    return new_params, new_velocities
