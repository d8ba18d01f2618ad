"""drop_last cuts off the last N % B samples with order[:-rest], which leaves nothing when B divides N."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    if len(input) != len(target):
        raise ValueError("input and target have different lengths")
    order = torch.randperm(len(input), generator=generator) if shuffle else torch.arange(len(input))
    if drop_last:
        order = order[: -(len(order) % batch_size)]
    return [
        (input[order[i : i + batch_size]], target[order[i : i + batch_size]]) for i in range(0, len(order), batch_size)
    ]
