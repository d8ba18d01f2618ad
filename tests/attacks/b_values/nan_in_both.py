"""Expected: failed (nonfinite), 0 of 6. B1, wall/numbers.

Fills the argument with nan as well, so that whoever computes the right answer from it afterwards finds nan, too.
"""


def double(x):
    x.detach().fill_(float("nan"))
    return x * float("nan")


def scale_(x, factor):
    x.fill_(float("nan"))
