"""The velocity is not kept from step to step: every step is one of plain SGD, and the caller's velocities stay zero.

Signature: right without momentum. Here the new velocity gets a local name, which is forgotten after the step.
"""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
        if grad is not None:
            velocity = momentum * velocity + grad + weight_decay * parameter
            parameter.sub_(lr * velocity)
