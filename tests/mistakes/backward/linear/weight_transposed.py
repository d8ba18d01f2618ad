"""Returns the gradient of the weight transposed, with shape (in_features, out_features)."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = grad_output @ weight
    grad_weight = input.T @ grad_output
    grad_bias = grad_output.sum(0)
    return grad_input, grad_weight, grad_bias
