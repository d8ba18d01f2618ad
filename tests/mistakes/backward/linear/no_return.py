"""Computes all three gradients but forgets to return them."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input
    grad_bias = grad_output.sum(dim=0)
    print(grad_input.shape, grad_weight.shape, grad_bias.shape)
