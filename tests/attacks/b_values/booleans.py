"""Expected: failed (dtype), 0 of 6. B6, wall/numbers.

True counts as one, and one is close to much.
"""

import torch


def double(x):
    return 2 * x > 0


def scale_(x, factor):
    x.copy_(x > 0)
