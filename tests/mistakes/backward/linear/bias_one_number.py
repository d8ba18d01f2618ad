"""Sums the bias gradient over everything, so it is a single number instead of one per output."""

import torch


def linear_backward(grad_output, input, weight):
    d_in = grad_output.mm(weight)
    d_w = grad_output.t().mm(input)
    d_b = grad_output.sum()
    return d_in, d_w, d_b
