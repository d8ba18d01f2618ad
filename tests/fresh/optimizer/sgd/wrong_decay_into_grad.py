"""The weight decay is added to the gradient tensor itself, which should stay as it is."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for p, grad, v in zip(params, grads, velocities):
        if grad is None:
            continue
        if weight_decay != 0:
            grad.add_(p, alpha=weight_decay)
        v.mul_(momentum).add_(grad)
        p.add_(v, alpha=-lr)
