"""Expected: failed (nonfinite), 0 of 6. B1, wall/numbers.

No difference to a nan is larger than a tolerance.
"""


def double(x):
    return x * float("nan")


def scale_(x, factor):
    x.fill_(float("nan"))
