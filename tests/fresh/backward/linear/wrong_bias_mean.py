"""Takes the mean over the batch for the gradient of the bias, where the layer must add up."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = grad_output.matmul(weight)
    grad_weight = grad_output.transpose(0, 1).matmul(input)
    grad_bias = grad_output.mean(dim=0)
    return grad_input, grad_weight, grad_bias
