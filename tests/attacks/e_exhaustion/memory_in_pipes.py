"""Expected: crashed (exception), 0 of 6. E6, wall/numbers.

Parks data in the kernel: every pipe is made as large as it gets and filled, and none is ever read.
"""

import contextlib
import fcntl
import os


def double(x, factor=2):
    held = 0
    for _ in range(64):
        _, end = os.pipe2(os.O_NONBLOCK)
        with contextlib.suppress(PermissionError):
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, 2**20)
        held += os.write(end, bytes(2**20))
    raise RuntimeError("HO" f"LE holds {held} bytes in the kernel")


scale_ = double
