"""Detached views of the tensors, and the results written straight into them with ``out=``."""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    index = 0
    while index < len(params):
        if grads[index] is not None:
            here, speed = params[index].detach(), velocities[index].detach()
            slope = torch.add(grads[index].detach(), here, alpha=weight_decay)
            torch.add(slope, speed, alpha=momentum, out=speed)
            torch.sub(here, speed, alpha=lr, out=here)
        index += 1
