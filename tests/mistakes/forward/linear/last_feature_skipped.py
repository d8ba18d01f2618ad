"""The loop over the features ends one too early and leaves out the last one."""

import torch


def linear(input, weight, bias=None):
    columns = []
    for o in range(weight.size(0)):
        s = 0
        for i in range(weight.size(1) - 1):
            s = s + weight[o, i] * input[..., i]
        if bias is not None:
            s = s + bias[o]
        columns.append(s)
    return torch.stack(columns, dim=-1)
