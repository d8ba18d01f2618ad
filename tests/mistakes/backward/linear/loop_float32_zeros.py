"""Collects the weight and bias gradients in torch.zeros without a dtype, so they are always float32."""

import torch


def linear_backward(grad_output, input, weight):
    n, out_features = grad_output.shape
    in_features = input.shape[1]
    grad_weight = torch.zeros(out_features, in_features)
    grad_bias = torch.zeros(out_features)
    for i in range(n):
        grad_weight += torch.outer(grad_output[i], input[i])
        grad_bias += grad_output[i]
    grad_input = grad_output @ weight
    return grad_input, grad_weight, grad_bias
