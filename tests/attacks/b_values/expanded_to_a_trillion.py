"""Expected: failed (size), 0 of 6. B10, wall/numbers.

One number seen as a trillion.
"""

import torch


def double(x):
    return torch.zeros(1).expand(10**12)


def scale_(x, factor):
    return torch.zeros(1).expand(10**12)
