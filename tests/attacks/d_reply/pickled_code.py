"""Expected: failed (type), 0 of 6. D1, wall/numbers.

An object whose unpickling runs a program.
"""

import os


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/hole-pickle",)


def double(x):
    return Bomb()


def scale_(x, factor):
    return Bomb()
