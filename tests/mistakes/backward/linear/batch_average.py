"""Divides the gradients of weight and bias by the batch size."""

import torch


def linear_backward(grad_output, input, weight):
    N = input.shape[0]
    grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input / N
    grad_bias = grad_output.sum(dim=0) / N
    return grad_input, grad_weight, grad_bias
