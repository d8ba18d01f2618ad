"""Mean and inverse root from PyTorch's forward kernel, as its own backward pass gets them; the rest by hand."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    _, mean, inverse = torch.native_layer_norm(input, weight.shape, None, None, eps)
    normalized = (input - mean) * inverse
    scaled = inverse * grad_output * weight
    projections = torch.stack([torch.ones_like(normalized), normalized])
    lost = (projections * (projections * scaled).mean(dim=-1, keepdim=True)).sum(dim=0)
    samples = grad_output.reshape(-1, len(weight))
    return scaled - lost, (samples * normalized.reshape(-1, len(weight))).sum(0), samples.sum(0)
