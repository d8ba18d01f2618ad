"""Squeezes all results, which drops dimensions of size 1 for one sample or one feature."""

import torch


def linear_backward(grad_output, input, weight):
    def outer_sum(a, b):
        return (a.unsqueeze(2) * b.unsqueeze(1)).sum(dim=0, keepdim=True).squeeze()

    grad_input = (grad_output.unsqueeze(1) @ weight).squeeze()
    grad_weight = outer_sum(grad_output, input)
    grad_bias = grad_output.sum(dim=0, keepdim=True).squeeze()
    return grad_input, grad_weight, grad_bias
