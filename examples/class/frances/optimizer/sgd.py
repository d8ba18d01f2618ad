import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter, grad, velocity in zip(params, grads, velocities, strict=True):
        if grad is not None:
            parameter.mul_(1 - lr * weight_decay)
            velocity.mul_(momentum).add_(grad)
            parameter.sub_(lr * velocity)
