"""Each gradient is cut down for itself, which bends the direction: one factor for all comes from the norm of all.

Signature: gradients that are short enough alone are unchanged.
"""

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    parameters = [parameter for parameter in parameters if parameter.grad is not None]
    if not parameters:
        return torch.tensor(0.0)
    norms = torch.stack([torch.linalg.vector_norm(parameter.grad, norm_type) for parameter in parameters])
    norm = torch.linalg.vector_norm(norms, norm_type)
    if error_if_nonfinite and not norm.isfinite():
        raise RuntimeError("the norm is not finite")
    for parameter, own in zip(parameters, norms, strict=True):
        if own > max_norm:
            parameter.grad.mul_(max_norm / own)
    return norm


def clip_grad_value_(parameters, clip_value):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad.clamp_(-clip_value, clip_value)
