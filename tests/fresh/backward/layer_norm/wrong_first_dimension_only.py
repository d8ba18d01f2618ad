"""Wrong: weight and bias gradients are added up over the first dimension and then averaged over the words in it."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    centered = input - input.mean(-1, keepdim=True)
    rstd = (centered.square().mean(-1, keepdim=True) + eps).rsqrt()
    x_hat = centered * rstd
    h = grad_output * weight
    grad_input = rstd * (h - h.mean(-1, keepdim=True) - x_hat * (h * x_hat).mean(-1, keepdim=True))
    grad_weight = (grad_output * x_hat).sum(dim=0)
    grad_bias = grad_output.sum(dim=0)
    while grad_weight.dim() > 1:
        grad_weight, grad_bias = grad_weight.mean(dim=0), grad_bias.mean(dim=0)
    return grad_input, grad_weight, grad_bias
