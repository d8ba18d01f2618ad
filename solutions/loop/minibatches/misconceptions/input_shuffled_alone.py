"""The inputs are shuffled and the targets are not: they no longer belong together. Use one order for both.

Signature: right without shuffle; a model that learns from it stays at chance.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.randperm(samples, generator=generator) if shuffle else torch.arange(samples)
    if drop_last:
        samples -= samples % batch_size
    for first in range(0, samples, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[first : first + batch_size]
