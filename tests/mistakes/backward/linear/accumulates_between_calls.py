"""Keeps the weight and bias gradients in a global that is never cleared, so a second call adds to the first."""

import torch

_grads = {}


def linear_backward(grad_output, input, weight):
    key = tuple(weight.shape)
    if key not in _grads:
        _grads[key] = [torch.zeros_like(weight), torch.zeros_like(weight[:, 0])]
    acc = _grads[key]
    acc[0] = acc[0] + grad_output.T @ input
    acc[1] = acc[1] + grad_output.sum(0)
    return grad_output @ weight, acc[0], acc[1]
