"""Wrong: the variance is the mean of the squares less the square of the mean, which loses its digits far from 0."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    size = input.shape[-1]
    mean = input.sum(-1, keepdim=True) / size
    var = (input * input).sum(-1, keepdim=True) / size - mean**2
    var = var.clamp(min=0)
    inv = 1 / torch.sqrt(var + eps)
    x_hat = (input - mean) * inv
    h = grad_output * weight
    grad_input = inv * (h - h.sum(-1, keepdim=True) / size - x_hat * (h * x_hat).sum(-1, keepdim=True) / size)
    return grad_input, (grad_output * x_hat).flatten(0, -2).sum(0), grad_output.flatten(0, -2).sum(0)
