"""Expected: failed (type), 0 of 6. J1, wall/numbers.

A student's name that would end its row and begin one of another student's, with full marks.
"""

STUDENT = "+1\n=1+1,0,6"


def double(x):
    return None


def scale_(x, factor):
    return None
