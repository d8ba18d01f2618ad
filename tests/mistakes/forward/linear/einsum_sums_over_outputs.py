"""The einsum sums over the first dimension of the weight (the outputs) instead of the second (the inputs)."""

import torch


def linear(input, weight, bias=None):
    y = torch.einsum("...i,ij->...j", input, weight)
    if bias is None:
        return y
    return y + bias
