"""Expected: timeout (cpu), 0 of 6. D8, wall/numbers.

An exception that never comes to an end when somebody wants to know what it says.
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def double(x, *more):
    raise Endless


scale_ = double
