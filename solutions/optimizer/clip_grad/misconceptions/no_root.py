"""The root is missing: the norm is the root of the sum of squares, not the sum itself.

Signature: the square of the norm, and gradients that are shorter than `max_norm` asks for.
"""

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    parameters = [parameter for parameter in parameters if parameter.grad is not None]
    if not parameters:
        return torch.tensor(0.0)
    norms = torch.stack([torch.linalg.vector_norm(parameter.grad, norm_type) for parameter in parameters])
    norm = torch.linalg.vector_norm(norms, norm_type)
    if norm_type != float("inf"):
        norm = norm**norm_type
    if error_if_nonfinite and not norm.isfinite():
        raise RuntimeError("the norm is not finite")
    if norm > max_norm:
        for parameter in parameters:
            parameter.grad.mul_(max_norm / norm)
    return norm


def clip_grad_value_(parameters, clip_value):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad.clamp_(-clip_value, clip_value)
