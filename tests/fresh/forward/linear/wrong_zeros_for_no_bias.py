"""Wrong: without a bias it adds zeros of float32, so a float16 or bfloat16 input gives a float32 result."""

import torch


def linear(input, weight, bias=None):
    if bias is None:
        bias = torch.zeros(weight.shape[0], dtype=torch.float32)
    return input @ weight.T + bias
