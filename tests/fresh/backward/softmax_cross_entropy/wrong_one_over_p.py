"""Goes through -1/p and the softmax one after the other, so a probability of exactly 0 gives nan."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    inner = (grad_output * output).sum(dim=dim, keepdim=True)
    return output * (grad_output - inner)


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    p = torch.softmax(input, dim=1)
    rows = torch.arange(input.shape[0], device=input.device)
    grad_p = torch.zeros_like(p)
    grad_p[rows, target] = -grad_output / (p[rows, target] * input.shape[0])
    return softmax_backward(grad_p, p, 1)
