"""With a generator nothing is clipped: it is used up by the first loop, so keep what it gives in a list.

Signature: right with a list; gradients unchanged with a generator.
"""

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    norms = [
        torch.linalg.vector_norm(parameter.grad, norm_type) for parameter in parameters if parameter.grad is not None
    ]
    if not norms:
        return torch.tensor(0.0)
    norm = torch.linalg.vector_norm(torch.stack(norms), norm_type)
    if error_if_nonfinite and not norm.isfinite():
        raise RuntimeError("the norm is not finite")
    if norm > max_norm:
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.grad.mul_(max_norm / norm)
    return norm


def clip_grad_value_(parameters, clip_value):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad.clamp_(-clip_value, clip_value)
