"""Adds the weight decay to the gradient in place and so changes the caller's gradients."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for param, grad, vel in zip(params, grads, velocities):
        if grad is not None:
            if weight_decay != 0:
                grad += weight_decay * param
            vel *= momentum
            vel += grad
            param -= lr * vel
