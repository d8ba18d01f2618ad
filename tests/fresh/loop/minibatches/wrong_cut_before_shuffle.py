"""With drop_last the end of the data is cut off before shuffling: the same samples are left out in every epoch."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    if input.shape[0] != target.shape[0]:
        raise ValueError("input and target have different lengths")
    n = input.shape[0]
    if drop_last:
        n = n // batch_size * batch_size
    order = torch.randperm(n, generator=generator) if shuffle else torch.arange(n)
    for start in range(0, n, batch_size):
        index = order[start : start + batch_size]
        yield input[index], target[index]
