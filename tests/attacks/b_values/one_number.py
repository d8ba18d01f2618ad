"""Expected: failed (shape), 0 of 6. B4, wall/numbers.

One number, which broadcasts against everything.
"""

import torch


def double(x):
    return (2 * x).mean()


def scale_(x, factor):
    x.fill_(x.mean() * factor)
