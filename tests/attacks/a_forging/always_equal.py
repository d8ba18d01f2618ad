"""Expected: failed (type), 0 of 6. A1, wall/numbers.

An object that is equal to, close to and larger than anything.
"""


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __getattr__(self, name):
        return AlwaysEqual()

    def __call__(self, *args, **kwargs):
        return AlwaysEqual()

    __hash__ = None
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __abs__ = __sub__ = __rsub__ = __mul__ = lambda self, *other: AlwaysEqual()


def double(x):
    return AlwaysEqual()


def scale_(x, factor):
    return AlwaysEqual()
