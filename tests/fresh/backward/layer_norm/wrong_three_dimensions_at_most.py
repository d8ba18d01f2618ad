"""Wrong: sums over the dimensions 0 and 1 only, so that four dimensions give weight gradients with too many numbers."""

import torch


def layer_norm_backward(grad_output, input, weight, eps=1e-5):
    mu = input.mean(dim=-1, keepdim=True)
    var = ((input - mu) ** 2).mean(dim=-1, keepdim=True)
    x_hat = (input - mu) / (var + eps) ** 0.5
    h = grad_output * weight
    along = (h * x_hat).mean(dim=-1, keepdim=True)
    grad_input = (h - h.mean(dim=-1, keepdim=True) - x_hat * along) / (var + eps) ** 0.5
    dims = 0 if input.dim() == 2 else (0, 1)
    return grad_input, torch.sum(grad_output * x_hat, dim=dims), torch.sum(grad_output, dim=dims)
