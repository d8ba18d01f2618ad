"""Without momentum the velocity is left alone: v = momentum * v + g holds there, too, and makes it the gradient.

Signature: the parameters are right; with a momentum of 0 the velocities are what they were before.
"""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
        if grad is not None:
            g = grad + weight_decay * parameter
            if momentum:
                g = velocity.mul_(momentum).add_(g)
            parameter.sub_(lr * g)
