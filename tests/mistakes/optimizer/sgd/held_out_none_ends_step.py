"""Returns at the first parameter without a gradient instead of going on with the next one."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, grad, v in zip(params, grads, velocities):
            if grad is None:
                return
            g = grad.add(p, alpha=weight_decay)
            v.mul_(momentum).add_(g)
            p.add_(-lr * v)
