"""Expected: crashed (signal), 0 of 6. K5, wall/numbers.

Gives up the way a C library does.
"""

import os


def double(x, factor=2):
    os.abort()


scale_ = double
