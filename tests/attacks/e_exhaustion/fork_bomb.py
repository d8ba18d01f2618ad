"""Expected: crashed (exception), 0 of 6. E7, wall/numbers.

Doubles its processes again and again; here only four times, and each sleeps for a while and then goes.
"""

import os
import time


def double(x, factor=2):
    me = os.getpid()
    for _ in range(4):
        os.fork()
    if os.getpid() != me:
        time.sleep(3)
        os._exit(0)
    raise RuntimeError("HO" "LE has 16 processes")


scale_ = double
