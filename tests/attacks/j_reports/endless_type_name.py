"""Expected: crashed (exception), 0 of 6. J4, wall/numbers.

Exceptions and results of types whose names go on for ten thousand characters.
"""

Long = type("L" * 10_000, (Exception,), {"__module__": "m" * 10_000})


def double(x):
    raise Long("short")


def scale_(x, factor):
    return Long()
