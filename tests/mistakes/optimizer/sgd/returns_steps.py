"""Nonsense: returns the list of steps lr * grad and leaves the parameters to the caller."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    steps = [lr * g for g in grads if g is not None]
    print(len(steps))
    return steps
