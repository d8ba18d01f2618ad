"""Divides the upstream gradient by the batch size first, so all three gradients are too small."""

import torch


def linear_backward(grad_output, input, weight):
    m = len(grad_output)
    delta = grad_output / m
    return delta.mm(weight), delta.t().mm(input), delta.sum(0)
