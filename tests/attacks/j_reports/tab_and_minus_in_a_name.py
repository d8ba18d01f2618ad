"""Expected: failed (type), 0 of 6. J1, wall/numbers.

A student's name that begins with a tab, and a formula behind it.
"""

STUDENT = "\t-1+1"


def double(x):
    return None


def scale_(x, factor):
    return None
