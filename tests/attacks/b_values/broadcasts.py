"""Expected: failed (shape), 0 of 6. B4, wall/numbers.

A shape that broadcasts against the right one.
"""

import torch


def double(x):
    return (2 * x)[None]


def scale_(x, factor):
    x.copy_(x.mean())
