"""Expected: crashed (exit), 0 of 6. K2, wall/numbers.

Closes all that it was given and answers into the void.
"""

import os


def double(x, factor=2):
    os.closerange(0, 64)
    return factor * x


scale_ = double
