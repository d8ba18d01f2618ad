"""Writes the gradients of input and weight into the arguments themselves to save memory."""

import torch


def linear_backward(grad_output, input, weight):
    grad_bias = grad_output.sum(dim=0)
    grad_weight = grad_output.t().mm(input)
    grad_input = grad_output.mm(weight)
    input.copy_(grad_input)
    weight.copy_(grad_weight)
    return input, weight, grad_bias
