"""Inputs and targets are shuffled by two different permutations, so that they do not belong together any more."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1 or len(input) != len(target):
        raise ValueError("batch_size must be at least 1, and input and target must have the same length.")
    n = len(input)
    if shuffle:
        input = input[torch.randperm(n, generator=generator)]
        target = target[torch.randperm(n, generator=generator)]
    for start in range(0, n, batch_size):
        if drop_last and start + batch_size > n:
            break
        yield input[start : start + batch_size], target[start : start + batch_size]
