"""Uses reshape to bring the weight to (in, out) instead of transposing it, so the numbers are in the wrong places."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    out_features, in_features = weight.shape
    w = weight.reshape(in_features, out_features)
    out = input @ w
    if bias is not None:
        out = out + bias
    return out
