"""Squeezes all three results to get rid of extra dimensions, and so loses those that really have the size 1."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    # (N, O, 1) * (1, O, I) and (N, O, 1) * (N, 1, I)
    upstream = grad_output.unsqueeze(2)
    grad_input = (upstream * weight.unsqueeze(0)).sum(dim=1, keepdim=True).squeeze()
    grad_weight = (upstream * input.unsqueeze(1)).sum(dim=0, keepdim=True).squeeze()
    grad_bias = grad_output.sum(dim=0, keepdim=True).squeeze()
    return grad_input, grad_weight, grad_bias
