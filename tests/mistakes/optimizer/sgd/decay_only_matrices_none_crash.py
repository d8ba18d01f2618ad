"""Two mistakes: no check for None, and the weight decay is left out for biases (one dimension or less)."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            wd = weight_decay if p.dim() > 1 else 0.0
            v.mul_(momentum).add_(g + wd * p)
            p.sub_(lr * v)
