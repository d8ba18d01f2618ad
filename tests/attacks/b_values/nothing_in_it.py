"""Expected: failed (shape), 0 of 6. B3, wall/numbers.

An empty tensor whose shape broadcasts against the right one: all of its numbers are right.
"""


def double(x):
    return (2 * x).reshape(1, -1)[:0] if x.dim() == 0 else (2 * x)[:0]


def scale_(x, factor):
    x.resize_(0)
