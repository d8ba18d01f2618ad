"""Expected: crashed (exception), 0 of 6. F1, wall/numbers.

A child in new namespaces by the call whose flags stand in memory, where a filter of system calls cannot look.
"""

import ctypes
import os

NEW_USER, CHILD_SIGNAL, CLONE3 = 0x10000000, 17, 435


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    wanted = (ctypes.c_uint64 * 8)(NEW_USER, 0, 0, 0, CHILD_SIGNAL)
    pid = libc.syscall(CLONE3, ctypes.byref(wanted), ctypes.sizeof(wanted))
    if pid == 0:
        os._exit(0)
    if pid < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    os.waitpid(pid, 0)
    raise RuntimeError("HO" "LE a child in a new namespace")


scale_ = double
