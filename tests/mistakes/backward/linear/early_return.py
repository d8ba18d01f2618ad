"""The return is inside the loop, so only the first sample counts for weight and bias."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = torch.matmul(grad_output, weight)
    grad_weight = torch.zeros_like(weight)
    grad_bias = torch.zeros_like(weight[:, 0])
    for g, x in zip(grad_output, input):
        grad_weight = grad_weight + torch.outer(g, x)
        grad_bias = grad_bias + g
        return grad_input, grad_weight, grad_bias
