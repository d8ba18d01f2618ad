"""Expected: crashed (exception), 0 of 6. E12, wall/numbers.

Calls itself, with Python's own limit in force.
"""


def double(x, factor=2):
    return double(x, factor)


scale_ = double
