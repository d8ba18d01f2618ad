"""Right: the bias becomes one more column of the weight, and the input gets a feature that is always 1."""

import torch


def linear(input, weight, bias=None):
    if bias is not None:
        one = torch.ones_like(input[..., :1])
        input = torch.cat([input, one], dim=-1)
        weight = torch.cat([weight, bias.unsqueeze(1)], dim=1)
    return torch.tensordot(input, weight, dims=([-1], [1]))
