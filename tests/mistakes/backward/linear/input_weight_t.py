"""Multiplies by the transposed weight for the input gradient, as in the forward pass."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = grad_output @ weight.T
    grad_weight = grad_output.T @ input
    grad_bias = grad_output.sum(dim=0)
    return grad_input, grad_weight, grad_bias
