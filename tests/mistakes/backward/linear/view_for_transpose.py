"""Uses view to swap the dimensions of grad_output, which does not transpose it."""

import torch


def linear_backward(grad_output, input, weight):
    n, n_out = grad_output.size()
    g_t = grad_output.contiguous().view(n_out, n)
    grad_weight = g_t @ input
    grad_input = grad_output @ weight
    grad_bias = g_t.sum(dim=1)
    return grad_input, grad_weight, grad_bias
