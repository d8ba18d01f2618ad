"""Expected: timeout (cpu), 0 of 6. D8, wall/numbers.

Whoever formats this exception hangs.
"""

class Endless(Exception):
    def __str__(self):
        while True:
            pass


def double(x):
    raise Endless


def scale_(x, factor):
    raise Endless
