"""Expected: failed (nonfinite), 0 of 6. B1, wall/numbers.

Is never farther from the right value than any tolerance: it is nan.
"""

import torch


def double(x):
    return x * float('nan')


def scale_(x, factor):
    x.mul_(float('nan'))
