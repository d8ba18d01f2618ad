"""Sums the bias gradient over the outputs (dim 1) instead of over the batch (dim 0)."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input
    grad_bias = grad_output.sum(dim=1)
    return grad_input, grad_weight, grad_bias
