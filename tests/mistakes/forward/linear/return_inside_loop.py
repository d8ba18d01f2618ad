"""Returns inside the loop over the outputs, so only the first output is there."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    outputs = []
    for o, row in enumerate(weight):
        value = (input * row).sum(dim=-1)
        if bias is not None:
            value = value + bias[o]
        outputs.append(value)
        return torch.stack(outputs, dim=-1)
