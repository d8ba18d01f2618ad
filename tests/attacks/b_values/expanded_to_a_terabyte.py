"""Expected: failed (size), 0 of 6. B10, wall/numbers.

One number that says it is a million million of them: whoever makes it dense runs out of memory.
"""

import torch


def double(x):
    return torch.zeros(1, dtype=x.dtype).expand(10**12)


def scale_(x, factor):
    x.data = torch.zeros(1).expand(10**12)
