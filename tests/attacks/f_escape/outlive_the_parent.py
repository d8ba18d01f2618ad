"""Expected: crashed (exception), 0 of 6. F6, wall/numbers.

Forgets that it is to die with its parent, makes itself readable again, and becomes the heir of orphans.
"""

import ctypes
import os

DEATH_SIGNAL, DUMPABLE, SUBREAPER = 1, 4, 36


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((DEATH_SIGNAL, 0), (DUMPABLE, 1), (SUBREAPER, 1)):
        if libc.prctl(option, value, 0, 0, 0) == 0:
            raise RuntimeError("HO" f"LE prctl({option}, {value})")
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


scale_ = double
