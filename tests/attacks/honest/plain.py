"""Expected: passed, 6 of 6. honest, wall/numbers.

A neighbour who only does the work. canary-of-a-neighbour-92d0
"""


def double(x):
    return x + x


def scale_(x, factor):
    x *= factor
