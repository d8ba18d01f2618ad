"""Returns the gradients in the order weight, bias, input."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_weight = grad_output.T @ input
    grad_bias = grad_output.sum(axis=0)
    grad_input = grad_output @ weight
    return grad_weight, grad_bias, grad_input
