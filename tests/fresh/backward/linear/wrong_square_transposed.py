"""Wrong: transposes the weight whenever the shapes permit that, which they do for as many outputs as inputs."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    # does the inner dimension fit?
    if weight.T.shape[0] == grad_output.shape[1]:
        grad_input = grad_output @ weight.T
    else:
        grad_input = grad_output @ weight
    grad_weight = grad_output.T @ input
    return grad_input, grad_weight, grad_output.sum(0)
