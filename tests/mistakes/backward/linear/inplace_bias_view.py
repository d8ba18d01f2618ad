"""Adds the samples into grad_output[0], a view, and so changes the argument grad_output."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input
    grad_bias = grad_output[0]
    for g in grad_output[1:]:
        grad_bias += g
    return grad_input, grad_weight, grad_bias
