"""The norms of the single gradients are put together with the 2-norm, whatever norm_type (inf apart)."""

import math

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [p.grad.detach() for p in parameters if p.grad is not None]
    if len(grads) == 0:
        return torch.zeros(())
    norms = torch.stack([torch.linalg.vector_norm(g, norm_type) for g in grads])
    total = norms.max() if norm_type == math.inf else torch.linalg.vector_norm(norms)
    if error_if_nonfinite and not total.isfinite():
        raise RuntimeError(f"norm of the gradients: {total}")
    if total > max_norm:
        for g in grads:
            g.mul_(max_norm / total)
    return total


def clip_grad_value_(parameters, clip_value):
    for p in parameters:
        if p.grad is not None:
            p.grad.detach().clamp_(-clip_value, clip_value)
