"""Expected: crashed (exception), 0 of 6. F1, wall/numbers.

Takes the cover off /proc, by unmounting it and by mounting another one, to see other processes.
"""

import ctypes
import os

DETACH = 2
libc = ctypes.CDLL(None, use_errno=True)


def double(x):
    os.makedirs("proc", exist_ok=True)
    if libc.umount2(b"/proc", DETACH) and libc.mount(b"proc", b"proc", b"proc", 0, None):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError(f"HO" f"LE {os.listdir('/proc')[:20]}")


scale_ = double
