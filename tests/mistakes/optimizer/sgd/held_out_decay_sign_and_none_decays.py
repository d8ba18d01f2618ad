"""Two mistakes: subtracts the weight decay from the gradient, and takes a missing gradient as zero, not as a skip."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, grad, v in zip(params, grads, velocities):
            if grad is None:
                grad = torch.zeros_like(p)
            g = grad - weight_decay * p
            v *= momentum
            v += g
            p -= lr * v
