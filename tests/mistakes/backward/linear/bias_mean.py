"""The gradient of the bias is the mean over the batch instead of the sum."""

import torch


def linear_backward(grad_output, input, weight):
    grad_input = torch.matmul(grad_output, weight)
    grad_weight = torch.matmul(grad_output.transpose(0, 1), input)
    grad_bias = torch.mean(grad_output, dim=0)
    return grad_input, grad_weight, grad_bias
