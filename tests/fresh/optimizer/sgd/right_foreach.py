"""Drops the parameters without gradient first, then works on whole lists of tensors at once."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    active = [triple for triple in zip(params, grads, velocities) if triple[1] is not None]
    if not active:
        return
    ps, gs, vs = map(list, zip(*active))
    if weight_decay:
        gs = torch._foreach_add(gs, ps, alpha=weight_decay)
    torch._foreach_mul_(vs, momentum)
    torch._foreach_add_(vs, gs)
    torch._foreach_add_(ps, vs, alpha=-lr)
