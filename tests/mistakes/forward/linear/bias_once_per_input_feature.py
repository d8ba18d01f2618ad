"""Adds the bias inside the loop over the input features, so it is counted once for every input feature."""

import torch


def linear(input, weight, bias=None):
    out_features, in_features = weight.shape
    output = torch.zeros(*input.shape[:-1], out_features, dtype=input.dtype)
    for i in range(in_features):
        output = output + input[..., i : i + 1] * weight[:, i]
        if bias is not None:
            output = output + bias
    return output
