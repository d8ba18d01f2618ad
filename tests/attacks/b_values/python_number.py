"""Expected: failed (type), 4 of 6. B6, wall/numbers.

A Python number, or a bool where that has the same value, in place of a tensor without dimensions.
"""


def double(x):
    if x.dim():
        return 2 * x
    return True if x == 0.5 else float(2 * x)


def scale_(x, factor):
    x.mul_(factor)
