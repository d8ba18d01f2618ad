"""Returns the weight after an SGD step with a learning rate of 0.01 instead of its gradient."""

import torch


def linear_backward(grad_output, input, weight):
    lr = 0.01
    grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input
    new_weight = weight - lr * grad_weight
    grad_bias = grad_output.sum(dim=0)
    return grad_input, new_weight, grad_bias
