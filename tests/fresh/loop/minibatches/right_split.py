"""Whole data set put in order once, then cut by ``split``; returns a list of pairs."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = input.size(0)
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}.")
    if target.size(0) != samples:
        raise ValueError(f"{samples} inputs, but {target.size(0)} targets.")
    if shuffle:
        order = torch.randperm(samples, generator=generator)
        input, target = input[order.to(input.device)], target[order.to(target.device)]
    smallest = batch_size if drop_last else 1
    return [pair for pair in zip(input.split(batch_size), target.split(batch_size)) if len(pair[0]) >= smallest]
