"""The learning rate is taken into the velocity: when it changes, the old steps keep the old rate.

Signature: the parameters are right as long as `lr` is constant; the velocities are `lr` times the right ones.
"""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
        if grad is not None:
            velocity.mul_(momentum).add_(lr * (grad + weight_decay * parameter))
            parameter.sub_(velocity)
