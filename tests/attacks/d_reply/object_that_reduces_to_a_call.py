"""Expected: failed (type), 0 of 6. D1, wall/numbers.

Returns an object which every way of copying and pickling turns into a call of a function that leaves a file.
"""


class Payload(str):
    def __reduce_ex__(self, protocol):
        return open, ("/tmp/hole-left-by-a-copy", "w")

    __reduce__ = __reduce_ex__
    __copy__ = __deepcopy__ = __getstate__ = __str__ = __repr__ = lambda self, *memo: open("/tmp/hole-left", "w").name


def double(x):
    return Payload("2")


def scale_(x, factor):
    return Payload("2")
