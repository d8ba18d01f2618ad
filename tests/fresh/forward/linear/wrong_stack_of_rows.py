"""Wrong: stacks the results of the samples, which fails for an empty batch."""

import torch


def linear(input, weight, bias=None):
    if input.dim() == 1:
        output = weight @ input
        return output if bias is None else output + bias
    return torch.stack([linear(part, weight, bias) for part in input])
