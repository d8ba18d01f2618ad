"""The check for a norm that is nan or inf comes after the scaling: the gradients are spoiled when the error comes."""

import torch


@torch.no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [p.grad for p in parameters if p.grad is not None]
    if not grads:
        return torch.tensor(0.0)
    norm = torch.linalg.vector_norm(torch.cat([g.reshape(-1) for g in grads]), norm_type)
    if not norm <= max_norm:
        for g in grads:
            g.mul_(max_norm / norm)
    if error_if_nonfinite and not torch.isfinite(norm):
        raise RuntimeError("The total norm of the gradients is not finite.")
    return norm


def clip_grad_value_(parameters, clip_value):
    for p in parameters:
        if p.grad is not None:
            p.grad.detach().clamp_(-clip_value, clip_value)
