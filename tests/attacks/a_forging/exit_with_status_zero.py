"""Expected: crashed (exit), 0 of 6. A3, wall/numbers.

Ends the process as if all were well.
"""

import os


def double(x):
    os._exit(0)


def scale_(x, factor):
    os._exit(0)
