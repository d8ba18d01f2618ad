"""Adds a batch dimension to a single sample and does not remove it at the end."""

import torch


def linear(input, weight, bias=None):
    x = torch.atleast_2d(input)
    y = torch.inner(x, weight)
    if bias is not None:
        y = y + bias
    return y
