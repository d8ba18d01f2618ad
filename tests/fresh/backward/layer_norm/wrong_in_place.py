"""Wrong: multiplies the upstream gradient by the weight in place at the end, so that the caller's tensor is changed."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    centered = input - input.mean(-1, keepdim=True)
    root = torch.sqrt(centered.pow(2).mean(-1, keepdim=True) + eps)
    x_hat = centered / root
    rows = grad_output.reshape(-1, weight.numel())
    grad_weight = torch.einsum("nd,nd->d", rows, x_hat.reshape(-1, weight.numel()))
    grad_bias = rows.sum(dim=0)
    h = grad_output
    h *= weight
    grad_input = h - h.mean(-1, keepdim=True) - x_hat * (h * x_hat).mean(-1, keepdim=True)
    return grad_input / root, grad_weight, grad_bias
