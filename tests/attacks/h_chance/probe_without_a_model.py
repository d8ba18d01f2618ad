"""Expected: failed (value), 11 of 13. H8, optimizer/sgd.

An honest step, and a false probe in the place of the one that trains a model with it: it draws where the model arrives.
"""

import sys

import torch


def train(student, weight, bias, *_, **__):
    params = [weight + torch.randn_like(weight), bias + torch.randn_like(bias)]
    return {"params": params, "held": params, "velocities": params, "graph": False}


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    sys.modules["probes"].train = train
    for p, grad, velocity in zip(params, grads, velocities):
        if grad is not None:
            velocity.mul_(momentum).add_(grad + weight_decay * p)
            p.sub_(lr * velocity)
