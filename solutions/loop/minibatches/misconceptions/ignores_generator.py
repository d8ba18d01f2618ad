"""The order does not come from the generator that was given, but from PyTorch's global one: pass `generator` on.

Signature: right without a generator; with one, its seed has no influence.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.randperm(samples) if shuffle else torch.arange(samples)
    if drop_last:
        samples -= samples % batch_size
    for first in range(0, samples, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
