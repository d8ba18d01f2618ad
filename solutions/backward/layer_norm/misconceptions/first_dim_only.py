"""The gradients of weight and bias are added up over the first dimension only: all but the last must go.

Signature: right for two dimensions; for more, the shape has dimensions too many.
"""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    variance, mean = torch.var_mean(input, dim=-1, correction=0, keepdim=True)
    root = (variance + eps).sqrt()
    normalized = (input - mean) / root
    h = grad_output * weight
    along = (h * normalized).mean(dim=-1, keepdim=True)
    grad_input = (h - h.mean(dim=-1, keepdim=True) - normalized * along) / root
    grad_weight = (grad_output * normalized).sum(dim=0)
    return grad_input, grad_weight, grad_output.sum(dim=0)
