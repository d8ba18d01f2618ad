"""Expected: failed (type), 0 of 6. A1, wall/numbers.

An array whose every comparison and reduction says yes: it calls itself a NumPy array, and it is not a tensor.
"""

import numpy


class Agreeable(numpy.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def all(self, *args, **kwargs):
        return True


def double(x):
    return numpy.zeros(x.shape).view(Agreeable)


def scale_(x, factor):
    return numpy.zeros(x.shape).view(Agreeable)
