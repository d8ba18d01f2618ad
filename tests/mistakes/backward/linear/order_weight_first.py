"""Returns the gradients in the wrong order: weight, bias, input."""

import torch


def linear_backward(grad_output, input, weight):
    dw = grad_output.T @ input
    db = grad_output.sum(dim=0)
    dx = grad_output @ weight
    return dw, db, dx
