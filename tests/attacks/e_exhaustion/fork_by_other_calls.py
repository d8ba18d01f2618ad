"""Expected: crashed (exception), 0 of 6. E7, wall/numbers.

Knows the other doors to a new process: vfork, clone and clone3 with the flags of a fork.
"""

import ctypes
import os
import signal

FORKS = {"clone": (56, signal.SIGCHLD, 0, 0, 0, 0), "clone3": (435, bytes([0] * 32 + [17] + [0] * 55), 88)}
if os.uname().machine == "x86_64":
    FORKS["vfork as clone"] = (56, 0x4100 | signal.SIGCHLD, 0, 0, 0, 0)
    FORKS["fork"] = (57,)


def double(x, factor=2):
    libc = ctypes.CDLL(None, use_errno=True)
    for name, call in FORKS.items():
        pid = libc.syscall(*call)
        if pid == 0:
            libc._exit(0)
        if pid > 0:
            raise RuntimeError("HO" f"LE forked by {name}")
    raise PermissionError(ctypes.get_errno(), "no door was open")


scale_ = double
