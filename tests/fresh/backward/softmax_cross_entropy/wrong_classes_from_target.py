"""Wrong: the number of classes is the largest target plus one, which is too few if the last class is not drawn."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    return output * (grad_output - (grad_output * output).sum(dim=dim, keepdim=True))


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    p = torch.softmax(input, dim=-1)
    y = torch.nn.functional.one_hot(target).to(p.dtype)
    return (p - y) * (grad_output / input.size(0))
