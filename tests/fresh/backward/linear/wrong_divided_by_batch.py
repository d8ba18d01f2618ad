"""Wrong: the gradients of weight and bias are means over the batch instead of sums."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    n = grad_output.shape[0]
    grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input / n
    grad_bias = grad_output.mean(0)
    return grad_input, grad_weight, grad_bias
