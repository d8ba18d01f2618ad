"""Expected: failed (shape), 1 of 6. B4, wall/numbers.

The right numbers with a dimension of size 1 more: a comparison that broadcasts finds them equal.
"""


def double(x):
    return (2 * x)[..., None]


def scale_(x, factor):
    x.mul_(factor)
