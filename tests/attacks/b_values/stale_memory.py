"""Expected: failed (value), 0 of 6. B11, wall/numbers.

Uninitialised memory, in which the right answer may have been computed a moment before.
"""

import torch


def double(x):
    return torch.empty_like(x)


def scale_(x, factor):
    x.copy_(torch.empty_like(x).nan_to_num(0.0, 0.0, 0.0))
