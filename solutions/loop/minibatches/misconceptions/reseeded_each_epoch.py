"""The generator is seeded anew in every call, so that every epoch has the same order: draw from it as it comes.

Signature: the first epoch with a fresh generator may be right; all others repeat it.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    if generator is not None:
        generator.manual_seed(generator.initial_seed())
    order = torch.randperm(samples, generator=generator) if shuffle else torch.arange(samples)
    if drop_last:
        samples -= samples % batch_size
    for first in range(0, samples, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
