"""Expected: failed (type), 0 of 6. J1, wall/numbers.

A student's name that an old spreadsheet takes for a function call.
"""

STUDENT = "@SUM(A1:A9)"


def double(x):
    return None


def scale_(x, factor):
    return None
