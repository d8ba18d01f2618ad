"""Wrong: transposes the weight only when the shapes do not fit, so a square weight is used untransposed."""

import torch


def linear(input, weight, bias=None):
    if input.shape[-1] == weight.shape[0]:
        output = torch.matmul(input, weight)
    else:
        output = torch.matmul(input, weight.T)
    if bias is not None:
        output = output + bias
    return output
