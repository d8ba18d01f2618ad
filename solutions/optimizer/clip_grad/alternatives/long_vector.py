"""All gradients are put together into one long vector; the factor is PyTorch's, and never above 1."""

import math

import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    parameters = [parameter for parameter in parameters if parameter.grad is not None]
    if len(parameters) == 0:
        return torch.zeros(())
    sizes = torch.cat([parameter.grad.abs().reshape(-1) for parameter in parameters])
    norm = sizes.max() if norm_type == math.inf else (sizes**norm_type).sum() ** (1 / norm_type)
    if error_if_nonfinite and (norm.isnan() or norm.isinf()):
        raise RuntimeError("the norm is not finite")
    factor = torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    for parameter in parameters:
        parameter.grad *= factor
    return norm


def clip_grad_value_(parameters, clip_value):
    for grad in [parameter.grad for parameter in parameters]:
        if grad is not None:
            grad[grad > clip_value] = clip_value
            grad[grad < -clip_value] = -clip_value
