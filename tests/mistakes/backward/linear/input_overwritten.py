"""Overwrites input with its gradient before the weight gradient is computed from it."""

import torch


def linear_backward(grad_output, input, weight):
    input = grad_output @ weight
    weight = grad_output.T @ input
    bias = grad_output.sum(axis=0)
    return input, weight, bias
