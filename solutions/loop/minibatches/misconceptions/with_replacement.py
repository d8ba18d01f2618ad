"""The samples are drawn with replacement: in an epoch some come several times and others never. Permute their numbers.

Signature: the batches have the right sizes; about a third of the samples is missing.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.randint(samples, (samples,), generator=generator) if shuffle else torch.arange(samples)
    if drop_last:
        samples -= samples % batch_size
    for first in range(0, samples, batch_size):
        batch = order[first : first + batch_size].to(input.device)
        yield input[batch], target[batch]
