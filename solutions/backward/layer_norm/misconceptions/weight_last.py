"""The weight is multiplied in after the two means are taken; on the way back it comes first, and is a part of both.

Signature: only the gradient of the input; right for a weight of ones.
"""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    variance, mean = torch.var_mean(input, dim=-1, correction=0, keepdim=True)
    root = (variance + eps).sqrt()
    normalized = (input - mean) / root
    h = grad_output
    along = (h * normalized).mean(dim=-1, keepdim=True)
    grad_input = (h - h.mean(dim=-1, keepdim=True) - normalized * along) / root * weight
    grad_weight = (grad_output * normalized).flatten(end_dim=-2).sum(dim=0)
    return grad_input, grad_weight, grad_output.flatten(end_dim=-2).sum(dim=0)
