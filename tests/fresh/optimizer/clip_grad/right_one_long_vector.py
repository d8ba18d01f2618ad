"""Puts all gradients into one long vector, as the statement says, and takes its norm."""

import torch


@torch.no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [p.grad for p in parameters if p.grad is not None]
    if not grads:
        return torch.tensor(0.0)
    long_vector = torch.cat([grad.flatten() for grad in grads])
    if not len(long_vector):
        return long_vector.new_zeros(())
    norm = torch.linalg.vector_norm(long_vector, ord=norm_type)
    if error_if_nonfinite and not torch.isfinite(norm):
        raise RuntimeError(f"The norm of all gradients is {norm.item()}.")
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return norm


@torch.no_grad()
def clip_grad_value_(parameters, clip_value):
    for p in parameters:
        if p.grad is not None:
            torch.clamp(p.grad, min=-clip_value, max=clip_value, out=p.grad)
