"""Expected: crashed (exception), 0 of 6. F1, wall/numbers.

Asks the kernel for a world of its own, in which it would be root, first all at once and then the mount table alone.
"""

import ctypes
import os

NEW_USER, NEW_MOUNTS = 0x10000000, 0x00020000
libc = ctypes.CDLL(None, use_errno=True)


def double(x):
    if libc.unshare(NEW_USER | NEW_MOUNTS) and libc.unshare(NEW_USER):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("HO" "LE root in a user namespace of its own")


scale_ = double
