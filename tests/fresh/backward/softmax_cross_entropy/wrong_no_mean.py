"""Forgets the 1/N of the mean in the gradient of the cross-entropy."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    inner = (grad_output * output).sum(dim=dim, keepdim=True)
    return output * (grad_output - inner)


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    p = torch.softmax(input, dim=1)
    p[torch.arange(len(target), device=input.device), target] -= 1
    return grad_output * p
