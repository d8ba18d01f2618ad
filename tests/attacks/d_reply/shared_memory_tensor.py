"""Expected: failed (value), 0 of 6. D7, wall/numbers.

A tensor in shared memory, which the sender could change after it was checked.
"""

import torch


def double(x):
    try:
        return x.clone().share_memory_()
    except RuntimeError:
        return x.clone()


def scale_(x, factor):
    pass
