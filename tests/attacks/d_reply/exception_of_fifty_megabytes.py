"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

An exception with a message that fills disks.
"""

def double(x):
    raise ValueError("x" * 50_000_000)


def scale_(x, factor):
    double(x)
