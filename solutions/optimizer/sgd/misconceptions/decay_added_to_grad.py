"""Weight decay is added to the gradient in place (`grad += …`): the caller's own gradients are changed.

Signature: every step from a fresh gradient is right; the argument is not what it was.
"""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
        if grad is not None:
            grad += weight_decay * parameter
            velocity.mul_(momentum).add_(grad)
            parameter.sub_(lr * velocity)
