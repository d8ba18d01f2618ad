"""Right: follows the chain rule step by step, with the three ways (direct, variance, mean) added up one by one."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    features = input.shape[-1]
    centered = input - input.mean(dim=-1, keepdim=True)
    variance = (centered * centered).sum(dim=-1, keepdim=True) / features
    root = (variance + eps).sqrt()
    normalized = centered / root

    d_normalized = grad_output * weight
    d_root = -(d_normalized * normalized).sum(dim=-1, keepdim=True) / root
    d_variance = d_root / (2 * root)
    d_centered = d_normalized / root + d_variance * 2 * centered / features
    grad_input = d_centered - d_centered.sum(dim=-1, keepdim=True) / features

    grad_weight, grad_bias = grad_output * normalized, grad_output
    while grad_bias.dim() > 1:
        grad_weight, grad_bias = grad_weight.sum(dim=0), grad_bias.sum(dim=0)
    return grad_input, grad_weight, grad_bias.clone()
