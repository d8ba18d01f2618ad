"""Expected: crashed (exception), 0 of 6. F10, wall/numbers.

A System V segment outlives the process that made it: the next student would find what this one left.
"""

import ctypes
import os

KEY, CREATE_FOR_ALL, REMOVE = 0x601E, 0o1666, 0


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    segment = libc.shmget(KEY, 4096, CREATE_FOR_ALL)
    if segment < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    libc.shmctl(segment, REMOVE, None)
    raise RuntimeError("HO" "LE shared memory")


scale_ = double
