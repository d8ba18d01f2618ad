"""The variance is treated as a constant: the term along the normalized input is missing.

Signature: only the gradient of the input; its rows add up to 0, but not their products with the normalized input.
"""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    variance, mean = torch.var_mean(input, dim=-1, correction=0, keepdim=True)
    root = (variance + eps).sqrt()
    normalized = (input - mean) / root
    h = grad_output * weight
    grad_input = (h - h.mean(dim=-1, keepdim=True)) / root
    grad_weight = (grad_output * normalized).flatten(end_dim=-2).sum(dim=0)
    return grad_input, grad_weight, grad_output.flatten(end_dim=-2).sum(dim=0)
