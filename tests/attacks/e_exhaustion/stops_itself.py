"""Expected: timeout (wall), 0 of 6. E3, wall/numbers.

Stops its own process for good, as a debugger would, and computes nothing while it is awake.
"""

import signal
import threading
import time


def double(x, factor=2):
    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
    time.sleep(60)


scale_ = double
