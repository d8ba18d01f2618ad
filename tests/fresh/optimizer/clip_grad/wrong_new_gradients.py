"""clip_grad_norm_ puts a new tensor into .grad, and the old one keeps its numbers: it does not work in place."""

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    parameters = [p for p in parameters if p.grad is not None]
    if not parameters:
        return torch.tensor(0.0)
    norms = [p.grad.detach().norm(norm_type) for p in parameters]
    norm = torch.stack(norms).norm(norm_type)
    if error_if_nonfinite and not torch.isfinite(norm):
        raise RuntimeError("norm is not finite")
    if norm > max_norm:
        for p in parameters:
            p.grad = p.grad.detach() * (max_norm / norm)
    return norm


def clip_grad_value_(parameters, clip_value):
    for p in parameters:
        if p.grad is not None:
            p.grad.detach().clamp_(-clip_value, clip_value)
