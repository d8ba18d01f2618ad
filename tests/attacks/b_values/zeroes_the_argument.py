"""Expected: failed (value), 0 of 6. B9, wall/numbers.

Zeroes the argument, so that a reference that looks at it later is zero as well.
"""

import torch


def double(x):
    return x.zero_()


def scale_(x, factor):
    x.zero_()
