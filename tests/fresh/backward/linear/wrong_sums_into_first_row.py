"""Wrong: the bias's gradient is added up in the first row of grad_output, which is a view, so an argument changes."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = grad_output @ weight
    grad_weight = grad_output.t() @ input

    if len(grad_output) == 0:
        return grad_input, grad_weight, grad_output.sum(0)
    grad_bias = grad_output[0]
    for row in grad_output[1:]:
        grad_bias += row
    return grad_input, grad_weight, grad_bias
