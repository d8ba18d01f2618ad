"""Expected: failed (type), 0 of 6. J1, wall/numbers.

The student is called like a formula.
"""

STUDENT = "=1+1"


def double(x):
    return None


def scale_(x, factor):
    return None
