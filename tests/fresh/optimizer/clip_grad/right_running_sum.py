"""Plain Python loop: the largest magnitude first, then a running sum of powers in double precision, scaled by it."""

import math

import torch


def _gradients(parameters):
    found = []
    for parameter in parameters:
        if parameter.grad is not None:
            found.append(parameter.grad.detach())
    return found


def _norm(grads, norm_type):
    largest = 0.0
    for grad in grads:
        if grad.numel():
            here = grad.abs().max().item()
            if math.isnan(here):
                return math.nan
            largest = max(largest, here)
    if norm_type == math.inf or largest in (0.0, math.inf):
        return largest
    total = 0.0
    for grad in grads:
        total += (grad.to(torch.float64).abs() / largest).pow(norm_type).sum().item()
    return largest * total ** (1.0 / norm_type)


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = _gradients(parameters)
    if not grads:
        return torch.zeros((), dtype=torch.float64)
    norm = torch.tensor(_norm(grads, norm_type), dtype=grads[0].dtype, device=grads[0].device)
    if error_if_nonfinite and (torch.isnan(norm) or torch.isinf(norm)):
        raise RuntimeError("The gradients are not finite.")
    if norm > max_norm:
        factor = max_norm / (norm.item() + 1e-6)
        for grad in grads:
            grad *= factor
    return norm


def clip_grad_value_(parameters, clip_value):
    for grad in _gradients(parameters):
        grad.copy_(torch.where(grad > clip_value, clip_value, torch.where(grad < -clip_value, -clip_value, grad)))
