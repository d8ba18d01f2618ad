"""Flattens the leading dimensions for the product and does not put them back."""

import torch


def linear(input, weight, bias=None):
    x = input.reshape(-1, input.shape[-1])
    if bias is None:
        return torch.mm(x, weight.t())
    return torch.addmm(bias, x, weight.t())
