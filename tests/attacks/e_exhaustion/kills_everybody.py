"""Expected: crashed (exception), 0 of 6. E15, wall/numbers.

Sends a deadly signal to its process group and, where it is alone in its world, to everyone in it.
"""

import os
import signal


def double(x, factor=2):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(0, signal.SIGTERM)
    if os.getpid() == 1:
        os.kill(-1, signal.SIGKILL)
    raise RuntimeError("HO" "LE signals were sent")


scale_ = double
