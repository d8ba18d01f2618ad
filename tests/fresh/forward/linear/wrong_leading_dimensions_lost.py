"""Wrong: flattens the leading dimensions into one and does not bring them back."""

import torch


def linear(input, weight, bias=None):
    rows = input.reshape(-1, weight.shape[1])
    output = torch.mm(rows, weight.t())
    return output if bias is None else output + bias
