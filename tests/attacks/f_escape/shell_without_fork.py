"""Expected: crashed (exception), 0 of 6. F2, wall/numbers.

Starts a shell by posix_spawn, which shares the memory of its parent instead of forking it.
"""

import os


def double(x):
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 0"], {})
    os.waitpid(pid, 0)
    raise RuntimeError("HO" "LE a shell ran")


scale_ = double
