"""Expected: crashed (exception), 0 of 6. F8, wall/numbers.

Leaves a grandchild in a session of its own, which would go on when all else is done.
"""

import os
import time


def double(x):
    if (pid := os.fork()) == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(30)
        os._exit(0)
    os.waitpid(pid, 0)
    raise RuntimeError("HO" "LE a daemon runs")


scale_ = double
