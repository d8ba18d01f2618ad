"""Expected: timeout (wall), 4 of 6. E3, wall/numbers.

Stays below the limit in every single call; the class, and the checks that have several calls, wait for the sum.
"""

import time


def double(x):
    time.sleep(2.5 if x.dim() < 2 else 0)
    return 2 * x


def scale_(x, factor):
    time.sleep(2.5)
    x.mul_(factor)
