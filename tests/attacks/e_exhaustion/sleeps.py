"""Expected: timeout (wall), 0 of 6. E3, wall/numbers.

Uses no time of the processor at all.
"""

import time


def double(x, factor=2):
    time.sleep(3600)
    return factor * x


scale_ = double
