"""Fills tensors from torch.zeros without a dtype, so the gradients are float32 whatever the dtype of the arguments."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    N, out_features = grad_output.shape
    in_features = input.shape[1]
    grad_input = torch.zeros(N, in_features)
    grad_weight = torch.zeros(out_features, in_features)
    grad_bias = torch.zeros(out_features)
    for n in range(N):
        for o in range(out_features):
            grad_input[n] += grad_output[n, o] * weight[o]
            grad_weight[o] += grad_output[n, o] * input[n]
            grad_bias[o] += grad_output[n, o]
    return grad_input, grad_weight, grad_bias
