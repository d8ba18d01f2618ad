"""Returns zeros of the right shapes, nothing is computed."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = torch.zeros_like(input)
    grad_weight = torch.zeros_like(weight)
    grad_bias = torch.zeros(grad_output.shape[1], dtype=grad_output.dtype)
    return grad_input, grad_weight, grad_bias
