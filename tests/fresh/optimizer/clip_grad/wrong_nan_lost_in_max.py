"""With norm_type = inf Python's max() compares the maxima, and a nan behind another number gets lost."""

import math

import torch


@torch.no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [p.grad for p in parameters if p.grad is not None]
    if not grads:
        return torch.tensor(0.0)
    if norm_type == math.inf:
        norm = max((g.abs().max() for g in grads if g.numel() > 0), default=grads[0].new_zeros(()))
    else:
        norm = sum(g.abs().pow(norm_type).sum() for g in grads) ** (1 / norm_type)
    if error_if_nonfinite and (norm.isnan() or norm.isinf()):
        raise RuntimeError("gradient norm is nan or inf")
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm


def clip_grad_value_(parameters, clip_value):
    for p in parameters:
        if p.grad is not None:
            p.grad.detach().clamp_(-clip_value, clip_value)
