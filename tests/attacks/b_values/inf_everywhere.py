"""Expected: failed (nonfinite), 0 of 6. B2, wall/numbers.

Infinite numbers of the right sign: a relative tolerance grows with them.
"""


def double(x):
    return x * float("inf")


def scale_(x, factor):
    x.mul_(float("inf"))
