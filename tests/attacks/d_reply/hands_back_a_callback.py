"""Expected: failed (type), 0 of 6. D9, wall/numbers.

Returns a function, in the hope that somebody calls it.
"""

def double(x):
    return lambda *args: True


def scale_(x, factor):
    return scale_
