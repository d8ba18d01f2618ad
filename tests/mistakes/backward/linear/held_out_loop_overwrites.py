"""Goes through the batch in a loop and overwrites the weight's and bias's gradient instead of adding up."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = torch.zeros_like(input)
    grad_weight = torch.zeros_like(weight)
    grad_bias = torch.zeros_like(weight[:, 0])
    for n in range(len(input)):
        delta = grad_output[n]
        grad_input[n] = weight.T @ delta
        grad_weight = torch.outer(delta, input[n])
        grad_bias = delta.clone()
    return grad_input, grad_weight, grad_bias
