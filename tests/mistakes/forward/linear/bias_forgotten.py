"""Never adds the bias."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    return torch.einsum("oi,...i->...o", weight, input)
