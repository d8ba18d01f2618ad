"""Uses torch._foreach_add_ on the gradients themselves, so they hold the weight decay afterwards."""

import torch


@torch.no_grad()
def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    triples = [t for t in zip(params, grads, velocities) if t[1] is not None]
    if not triples:
        return
    ps, gs, vs = (list(x) for x in zip(*triples))
    torch._foreach_add_(gs, ps, alpha=weight_decay)
    torch._foreach_mul_(vs, momentum)
    torch._foreach_add_(vs, gs)
    torch._foreach_add_(ps, vs, alpha=-lr)
