"""Expected: failed (value), 0 of 6. B7, wall/numbers.

Off by a thousandth, as a sloppy tolerance would accept.
"""

def double(x):
    return 2.001 * x


def scale_(x, factor):
    x.mul_(factor * 1.001)
