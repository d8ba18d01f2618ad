"""Computes input.T @ grad_output, the transpose of the weight's gradient."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    dx = torch.matmul(grad_output, weight)
    dW = torch.matmul(input.T, grad_output)
    db = grad_output.sum(0)
    return dx, dW, db
