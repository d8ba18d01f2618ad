"""PyTorch's multi-tensor functions: each line of the formula for all parameters at once."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    present = [index for index, grad in enumerate(grads) if grad is not None]
    params, grads, velocities = ([tensors[index] for index in present] for tensors in (params, grads, velocities))
    torch._foreach_mul_(velocities, momentum)
    torch._foreach_add_(velocities, torch._foreach_add(grads, params, alpha=weight_decay))
    torch._foreach_add_(params, velocities, alpha=-lr)
