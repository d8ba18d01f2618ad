"""Multiplies the upstream gradient by weight.T, as in the forward pass, instead of by weight."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = grad_output @ weight.T
    grad_weight = grad_output.T @ input
    grad_bias = torch.sum(grad_output, dim=0)
    return (grad_input, grad_weight, grad_bias)
