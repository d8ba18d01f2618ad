"""Expected: crashed (exception), 0 of 6. E16, wall/numbers.

Pins its pages and tells the kernel to take anybody else when memory runs out.
"""

import ctypes
import os


def double(x, factor=2):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(3) == 0:
        libc.munlockall()
        raise RuntimeError("HO" "LE its pages cannot be taken away")
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("-1000")
    raise RuntimeError("HO" f"LE process {os.getpid()} is never killed first")


scale_ = double
