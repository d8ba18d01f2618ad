"""The three sums of the statement, letter by letter, by einsum."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    grad_input = torch.einsum("no,oi->ni", grad_output, weight)
    grad_weight = torch.einsum("no,ni->oi", grad_output, input)
    grad_bias = torch.einsum("no->o", grad_output)
    return grad_input, grad_weight, grad_bias
