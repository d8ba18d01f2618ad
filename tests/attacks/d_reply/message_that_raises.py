"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

An exception that raises another one when it is asked for its message, and lies about its class and its cause.
"""


class Liar(Exception):
    def __str__(self):
        raise MemoryError

    @property
    def __class__(self):
        raise ValueError

    __repr__ = __str__


def double(x, *more):
    raise Liar from Liar()


scale_ = double
