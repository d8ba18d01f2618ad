"""Fisher and Yates's swaps on a Python list, the places drawn all at once; a generator function with an iterator."""

import itertools

import torch


def _order(n, generator):
    choices = torch.arange(1, n + 1, dtype=torch.float64)
    places = (torch.rand(n, generator=generator, dtype=torch.float64) * choices).long().tolist()
    order = list(range(n))
    for i in reversed(range(n)):
        order[i], order[places[i]] = order[places[i]], order[i]
    return order


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1 or input.shape[0] != target.shape[0]:
        raise ValueError("One sample in a batch at least, and as many targets as inputs.")
    rest = iter(_order(len(input), generator) if shuffle else range(len(input)))
    while index := list(itertools.islice(rest, batch_size)):
        if len(index) == batch_size or not drop_last:
            yield input[index], target[index]
