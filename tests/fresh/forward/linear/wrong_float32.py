"""Converts everything to float32 and forgets to go back to the dtype of the input."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    x = input.float()
    w = weight.float()
    y = torch.einsum("...i,oi->...o", x, w)
    if bias is not None:
        y = y + bias.float()
    return y
