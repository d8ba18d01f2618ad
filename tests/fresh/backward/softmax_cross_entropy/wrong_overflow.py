"""Computes the probabilities from exp without taking out the maximum: nan for large logits."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    inner = (grad_output * output).sum(dim=dim, keepdim=True)
    return output * (grad_output - inner)


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    samples, classes = input.shape
    exponentials = torch.exp(input)
    p = exponentials / exponentials.sum(dim=1, keepdim=True)
    wanted = torch.eye(classes, dtype=input.dtype, device=input.device)[target]
    return grad_output * (p - wanted) / samples
