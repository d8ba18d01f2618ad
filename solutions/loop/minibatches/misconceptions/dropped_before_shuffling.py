"""The samples for the last batch are dropped first and the rest is shuffled: some samples never come. Shuffle first.

Signature: right with either of `shuffle` and `drop_last` alone.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    if drop_last:
        samples -= samples % batch_size
    order = torch.randperm(samples, generator=generator) if shuffle else torch.arange(samples)
    for first in range(0, samples, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
