"""This is Nesterov's momentum: the step looks ahead, along g + momentum * v, instead of along the velocity itself.

Signature: 1 + momentum times too long a first step; the velocities are right as long as there is no weight decay.
"""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
        if grad is not None:
            g = grad + weight_decay * parameter
            velocity.mul_(momentum).add_(g)
            parameter.sub_(lr * (g + momentum * velocity))
