"""Calls output.add(bias) but throws the result away, so the bias is never added."""

import torch


def linear(input, weight, bias=None):
    output = torch.matmul(input, weight.t())
    if bias is not None:
        output.add(bias)
    return output
