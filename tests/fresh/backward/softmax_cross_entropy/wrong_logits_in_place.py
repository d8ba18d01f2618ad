"""Wrong: the largest logit of each sample is subtracted in place, so the caller's logits are changed."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    dot = torch.sum(grad_output * output, dim=dim, keepdim=True)
    return (grad_output - dot) * output


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    input -= input.max(dim=1, keepdim=True).values
    p = input.exp()
    p = p / p.sum(dim=1, keepdim=True)
    right = torch.nn.functional.one_hot(target, input.shape[1])
    return grad_output * (p - right) / input.shape[0]
