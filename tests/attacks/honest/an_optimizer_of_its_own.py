"""Expected: passed, 13 of 13. honest, optimizer/sgd.

Compares itself with the library while it is loaded; then does the work in a module that it made, called optim.
"""

import types

import torch
from torch.optim.sgd import sgd as theirs

optim = types.SimpleNamespace()


def step(p, g, v, lr, momentum, weight_decay):
    v.mul_(momentum).add_(g + weight_decay * p)
    p.sub_(lr * v)


optim.SGD = step


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    with torch.no_grad():
        for p, g, v in zip(params, grads, velocities):
            if g is not None:
                optim.SGD(p, g, v, lr, momentum, weight_decay)


start, grad = torch.ones(3), torch.full((3,), 0.5)
mine, right = start.clone(), start.clone()
sgd_step([mine], [grad], [torch.zeros(3)], 0.1)
flags = {"weight_decay": 0.0, "momentum": 0.0, "lr": 0.1, "dampening": 0.0, "nesterov": False, "maximize": False}
theirs([right], [grad], [None], **flags)
assert torch.allclose(mine, right)
