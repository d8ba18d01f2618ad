"""Takes the numbers out with .item() and fills a fresh tensor, so autograd does not find its way back."""

import torch


def linear(input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    out_features, in_features = weight.shape
    rows = input.reshape(input.shape[:-1].numel(), in_features)
    result = torch.zeros(rows.shape[0], out_features, dtype=input.dtype)
    for n in range(rows.shape[0]):
        for o in range(out_features):
            total = torch.dot(rows[n], weight[o]).item()
            if bias is not None:
                total += bias[o].item()
            result[n, o] = total
    return result.reshape(*input.shape[:-1], out_features)
