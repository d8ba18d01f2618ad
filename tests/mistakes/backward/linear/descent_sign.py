"""Returns the negative gradients, as if it were the direction of descent."""

import torch


def linear_backward(grad_output, input, weight):
    step_x = -(grad_output @ weight)
    step_w = -(grad_output.T @ input)
    step_b = -grad_output.sum(dim=0)
    return step_x, step_w, step_b
