"""A permutation is drawn in any case and thrown away without shuffle: the generator moves on for nothing."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    if len(input) != len(target):
        raise ValueError("input and target have different lengths")
    n = len(input)
    order = torch.randperm(n, generator=generator)
    if not shuffle:
        order = order.sort().values
    stop = n - n % batch_size if drop_last else n
    for start in range(0, stop, batch_size):
        index = order[start : start + batch_size]
        yield input[index], target[index]
