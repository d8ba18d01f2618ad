"""The batches come in random order, but the samples in a batch are always the same neighbours: shuffle the samples.

Signature: every sample comes once; few of all orders ever come.
"""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    samples = len(input)
    if batch_size < 1 or len(target) != samples:
        raise ValueError("batch_size must be at least 1, and there must be as many targets as inputs")
    order = torch.arange(samples)
    if drop_last:
        order = order[: samples - samples % batch_size]
    pieces = list(order.split(batch_size)) if samples else []
    if shuffle:
        pieces = [pieces[k] for k in torch.randperm(len(pieces), generator=generator)]
    for piece in pieces:
        batch = piece.to(input.device)
        yield input[batch], target[batch]
