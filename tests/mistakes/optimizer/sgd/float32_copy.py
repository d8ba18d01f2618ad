"""Casts everything to float32 and back, which loses digits of float64 parameters."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, g, v in zip(params, grads, velocities):
        if g is None:
            continue
        w = p.detach().float()
        vel = momentum * v.float() + g.float() + weight_decay * w
        v.copy_(vel)
        p.data.copy_(w - lr * vel)
