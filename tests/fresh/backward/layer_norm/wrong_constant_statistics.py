"""Wrong: takes the variance for a constant, so that only the way through the mean is removed, not the third term."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    mean = input.mean(dim=-1, keepdim=True)
    var = input.var(dim=-1, unbiased=False, keepdim=True)
    std = torch.sqrt(var + eps)
    normalized = (input - mean) / std
    h = grad_output * weight
    grad_input = (h - h.mean(dim=-1, keepdim=True)) / std
    samples = tuple(range(input.dim() - 1))
    return grad_input, (grad_output * normalized).sum(dim=samples), grad_output.sum(dim=samples)
