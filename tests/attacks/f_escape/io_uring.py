"""Expected: crashed (exception), 0 of 6. F5, wall/numbers.

A ring through which files would be opened without a system call that a filter sees.
"""

import ctypes
import os

IO_URING_SETUP = 425


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    parameters = ctypes.create_string_buffer(120)
    if libc.syscall(IO_URING_SETUP, 8, parameters) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("HO" "LE a ring was set up")


scale_ = double
