"""Expected: passed, 6 of 6. K2, wall/numbers.

Wants to look as if it were killed for want of memory; process 1 of a world cannot be killed from within, and goes on.
"""

import contextlib
import os
import signal
import threading


def double(x):
    signal.pthread_kill(threading.get_ident(), signal.SIGKILL)
    with contextlib.suppress(PermissionError):
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
