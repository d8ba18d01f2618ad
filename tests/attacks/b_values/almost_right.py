"""Expected: failed (value), 0 of 6. B7, wall/numbers.

Wrong by a little more than rounding explains, in the hope for a generous tolerance.
"""


def double(x):
    return x * 2.00006


def scale_(x, factor):
    x.mul_(factor * 1.00003)
