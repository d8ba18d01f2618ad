"""Expected: failed (value), 0 of 6. B7, wall/numbers.

Zeros: near enough to small numbers.
"""

import torch


def double(x):
    return torch.zeros_like(x)


def scale_(x, factor):
    x.zero_()
