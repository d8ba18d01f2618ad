"""Expected: failed (size), 0 of 6. D2, wall/numbers.

A list that holds itself has no end when it is written down.
"""


def double(x):
    endless = []
    endless.append(endless)
    return endless


def scale_(x, factor):
    return double(x)
