"""Expected: crashed (exit), 1 of 6. A3, wall/numbers.

Ends the process with the status of success in the middle of a call. The other function is right.
"""

import os


def double(x):
    os._exit(0)


def scale_(x, factor):
    x.mul_(factor)
