"""Two mistakes: hands grad_output on as the bias's gradient without a sum, and averages the weight's gradient."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    per_sample = grad_output.unsqueeze(2) * input.unsqueeze(1)
    grad_weight = per_sample.mean(dim=0)
    grad_bias = grad_output.clone()
    grad_input = grad_output @ weight
    return grad_input, grad_weight, grad_bias
