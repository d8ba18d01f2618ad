"""The variance is divided by D - 1; layer normalization divides it by D (`correction=0`)."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    variance, mean = torch.var_mean(input, dim=-1, keepdim=True)
    root = (variance + eps).sqrt()
    normalized = (input - mean) / root
    h = grad_output * weight
    along = (h * normalized).mean(dim=-1, keepdim=True)
    grad_input = (h - h.mean(dim=-1, keepdim=True) - normalized * along) / root
    grad_weight = (grad_output * normalized).flatten(end_dim=-2).sum(dim=0)
    return grad_input, grad_weight, grad_output.flatten(end_dim=-2).sum(dim=0)
