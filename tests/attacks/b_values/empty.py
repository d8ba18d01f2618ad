"""Expected: failed (shape), 0 of 6. B3, wall/numbers.

Of an empty tensor everything is true.
"""

import torch


def double(x):
    return x.reshape(-1)[:0]


def scale_(x, factor):
    x.resize_(0)
