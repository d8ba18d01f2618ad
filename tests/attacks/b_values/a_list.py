"""Expected: failed (type), 0 of 6. B5, wall/numbers.

A list of the right numbers.
"""

def double(x):
    return (2 * x).tolist()


def scale_(x, factor):
    return (x * factor).tolist()
