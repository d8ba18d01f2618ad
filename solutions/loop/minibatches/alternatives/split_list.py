"""Both tensors permuted as a whole and split, in a list. The order comes from random numbers that are sorted."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1:
        raise ValueError("batch_size")
    if input.shape[0] != target.shape[0]:
        raise ValueError("lengths")
    if shuffle:
        order = torch.rand(input.shape[0], generator=generator, dtype=torch.float64).argsort().to(input.device)
        input, target = input[order], target[order]
    smallest = batch_size if drop_last else 1
    pairs = zip(input.split(batch_size), target.split(batch_size), strict=True)
    return [pair for pair in pairs if len(pair[0]) >= smallest]
