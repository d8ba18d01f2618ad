"""Wrong: knows the first and the last dimension only; any one in between is treated as the last."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    if dim == 0 or dim == -output.dim():
        inner = (grad_output * output).sum(0, keepdim=True)
    else:
        inner = (grad_output * output).sum(-1, keepdim=True)
    return output * (grad_output - inner)


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    samples, classes = input.shape
    difference = torch.softmax(input, 1) - torch.nn.functional.one_hot(target, classes).to(input.dtype)
    return difference / samples * grad_output
