"""One sample after the other: outer products and rows are added up in float64, then turned into the right dtype."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    dtype, wide = grad_output.dtype, weight.double()
    grad_weight = torch.zeros_like(wide)
    grad_bias = torch.zeros_like(wide[:, 0])
    grad_input = input.new_empty(input.shape)
    for n in range(input.shape[0]):
        upstream = grad_output[n].double()
        grad_input[n] = upstream @ wide
        grad_weight += torch.outer(upstream, input[n].double())
        grad_bias += upstream
    return grad_input, grad_weight.to(dtype), grad_bias.to(dtype)
