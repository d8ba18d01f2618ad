"""Expected: crashed (protocol), 0 of 6. D6, wall/numbers.

Closes the wire and runs on: neither an answer nor an end of the process comes.
"""

import os
import time


def double(x, *more):
    os.close(3)
    time.sleep(3600)


scale_ = double
