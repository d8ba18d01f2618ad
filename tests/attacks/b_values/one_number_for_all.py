"""Expected: failed (shape), 0 of 6. B4, wall/numbers.

One number that broadcasts against any shape, in as many dimensions as are asked for.
"""


def double(x):
    return (2 * x).mean().reshape([1] * (x.dim() or 1))


def scale_(x, factor):
    x.set_((x * factor).mean().reshape(1))
