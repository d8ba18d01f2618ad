"""Makes the one-hot targets float32, so that the gradient of half-precision logits is float32 too."""

import torch


def softmax_backward(grad_output: torch.Tensor, output: torch.Tensor, dim: int) -> torch.Tensor:
    inner = (grad_output * output).sum(dim=dim, keepdim=True)
    return output * (grad_output - inner)


def cross_entropy_backward(grad_output: torch.Tensor, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    p = torch.softmax(input, dim=1)
    wanted = torch.nn.functional.one_hot(target, num_classes=input.shape[1]).float()
    return grad_output * (p - wanted) / input.shape[0]
