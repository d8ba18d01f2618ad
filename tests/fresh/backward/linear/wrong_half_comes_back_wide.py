"""Wrong: half precision is computed in float32, and the three gradients are never converted back."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    if grad_output.dtype in (torch.float16, torch.bfloat16):
        grad_output, input, weight = grad_output.float(), input.float(), weight.float()
    return grad_output @ weight, grad_output.T @ input, grad_output.sum(0)
