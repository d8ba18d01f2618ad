"""The test for None is the wrong way round: the bias is added when it is None and left out when it is there."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    y = input @ weight.T
    if bias is None:
        y = y + bias
    return y
