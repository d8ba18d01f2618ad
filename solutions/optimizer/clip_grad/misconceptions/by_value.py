"""Each element is cut off at `max_norm` for itself, which bends the direction: all are multiplied by one factor.

Signature: elements that are small enough are unchanged; what `torch.nn.utils.clip_grad_value_` does.
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
    for parameter in parameters:
        parameter.grad.clamp_(-max_norm, max_norm)
    return norm


def clip_grad_value_(parameters, clip_value):
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad.clamp_(-clip_value, clip_value)
