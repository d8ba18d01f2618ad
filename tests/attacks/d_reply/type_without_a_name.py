"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

Returns an object whose class raises an exception when it is asked for its name.
"""


class Nameless(type):
    @property
    def __module__(cls):
        raise RuntimeError("I have no name")


def double(x):
    return Nameless("Nothing", (), {})()


def scale_(x, factor):
    return double(x)
