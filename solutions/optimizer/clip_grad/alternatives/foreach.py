"""PyTorch's multi-tensor functions: all gradients at once."""

import torch


@torch.no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [grad for grad in (parameter.grad for parameter in parameters) if grad is not None]
    if not grads:
        return torch.tensor(0.0)
    norm = torch.stack(torch._foreach_norm(grads, norm_type)).norm(norm_type)
    if error_if_nonfinite and not norm.isfinite():
        raise RuntimeError("the norm is not finite")
    torch._foreach_mul_(grads, min(1.0, max_norm / (norm.item() + 1e-6)))
    return norm


@torch.no_grad()
def clip_grad_value_(parameters, clip_value):
    grads = [grad for grad in (parameter.grad for parameter in parameters) if grad is not None]
    if grads:
        torch._foreach_clamp_min_(grads, -clip_value)
        torch._foreach_clamp_max_(grads, clip_value)
