"""Mean and variance are taken over the samples, as in batch normalization, not over the features of each sample."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    variance, mean = torch.var_mean(input, dim=0, correction=0, keepdim=True)
    root = (variance + eps).sqrt()
    normalized = (input - mean) / root
    h = grad_output * weight
    along = (h * normalized).mean(dim=0, keepdim=True)
    grad_input = (h - h.mean(dim=0, keepdim=True) - normalized * along) / root
    grad_weight = (grad_output * normalized).flatten(end_dim=-2).sum(dim=0)
    return grad_input, grad_weight, grad_output.flatten(end_dim=-2).sum(dim=0)
