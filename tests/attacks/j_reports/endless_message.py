"""Expected: crashed (exception), 0 of 6. J4, wall/numbers.

Fifty million characters, each of which takes ten to show.
"""


def double(x):
    raise RuntimeError("\U000e0001" * 12_000_000)


def scale_(x, factor):
    raise RuntimeError("x" * 50_000_000)
