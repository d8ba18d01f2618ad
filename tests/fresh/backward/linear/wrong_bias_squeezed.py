"""Wrong: the bias's gradient is squeezed in all dimensions, so a layer with one output gets shape ()."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = torch.matmul(grad_output, weight)
    grad_weight = torch.matmul(grad_output.T, input)
    grad_bias = grad_output.sum(dim=0, keepdim=True).squeeze()
    return grad_input, grad_weight, grad_bias
