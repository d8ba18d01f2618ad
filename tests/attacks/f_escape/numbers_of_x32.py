"""Expected: crashed (signal), 0 of 6. F4, wall/numbers.

Forks by the number that fork has for programs with short pointers: the usual one with a high bit set.
"""

import ctypes
import os

X32 = 0x40000000
FORK = 57


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    pid = libc.syscall(X32 | FORK)
    if pid == 0:
        os._exit(0)
    if pid < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("HO" "LE forked by an x32 number")


scale_ = double
