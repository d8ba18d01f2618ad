"""The last batch is left out though nobody asked for it: a smaller one belongs to the epoch unless `drop_last` is set.

Signature: every sample that does not fill a batch is missing.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.randperm(samples, generator=generator) if shuffle else torch.arange(samples)
    samples -= samples % batch_size
    for first in range(0, samples, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
