"""Expected: failed (forbidden), 0 of 13. G3, optimizer/sgd.

One function of the library does the whole step, far from the module that has the optimizers.
"""

import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    rates = {"weight_decay": weight_decay, "momentum": momentum, "lr": lr}
    flags = {"dampening": 0.0, "nesterov": False, "maximize": False, "is_first_step": False}
    for p, g, v in zip(params, grads, velocities):
        if g is not None:
            kept = [v] if momentum else []
            torch._fused_sgd_([p.detach()], [g.clone()], kept, **rates, **flags)
