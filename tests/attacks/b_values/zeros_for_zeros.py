"""Expected: failed (value), 0 of 6. B9, wall/numbers.

Sets the argument to zero, whose double is zero, before anybody else has computed with it.
"""


def double(x):
    return x.detach().zero_()


def scale_(x, factor):
    x.zero_()
