"""Expected: crashed (exit), 0 of 6. K2, wall/numbers.

Ends with the status that shells give to a process which the kernel has killed, to be excused and tried again.
"""

import os


def double(x, factor=2):
    os._exit(137)


scale_ = double
