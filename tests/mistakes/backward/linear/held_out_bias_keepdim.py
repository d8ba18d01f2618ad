"""Returns the gradient of the bias as a row of shape (1, out_features)."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    d_input = torch.einsum("no,oi->ni", grad_output, weight)
    d_weight = torch.einsum("no,ni->oi", grad_output, input)
    d_bias = torch.sum(grad_output, dim=0, keepdim=True)
    return d_input, d_weight, d_bias
