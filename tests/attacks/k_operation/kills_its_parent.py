"""Expected: crashed (exception), 0 of 6. K2, wall/numbers.

Kills the process that waits for it, so that nobody can say how it ended.
"""

import os
import signal


def double(x, factor=2):
    parent = os.getppid()
    os.kill(parent, signal.SIGKILL)
    if parent:
        raise RuntimeError("HO" "LE killed its parent")
    raise ProcessLookupError("no parent in sight")


scale_ = double
