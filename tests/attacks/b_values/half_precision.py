"""Expected: failed (dtype), 0 of 6. B5, wall/numbers.

The right numbers with fewer bits.
"""

import torch


def double(x):
    return (2 * x).half()


def scale_(x, factor):
    x.copy_((x * factor).half())
