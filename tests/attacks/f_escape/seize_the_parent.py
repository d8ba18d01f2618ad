"""Expected: crashed (exception), 0 of 6. C4, wall/numbers.

Attaches to other processes as a debugger does, reads their memory, and copies their descriptors.
"""

import ctypes
import os

PTRACE_SEIZE, PIDFD_OPEN, PIDFD_GETFD = 0x4206, 434, 438
libc = ctypes.CDLL(None, use_errno=True)


class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def double(x):
    mine = ctypes.create_string_buffer(8)
    here, there = Piece(ctypes.addressof(mine), 8), Piece(id(x), 8)
    for pid in {os.getppid(), *range(2, 60)} - {os.getpid(), 0}:
        if libc.ptrace(PTRACE_SEIZE, pid, None, None) == 0:
            raise RuntimeError("HO" f"LE holds process {pid}")
        if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 8:
            raise RuntimeError("HO" f"LE reads process {pid}")
        if libc.syscall(PIDFD_GETFD, libc.syscall(PIDFD_OPEN, pid, 0), 1, 0) >= 0:
            raise RuntimeError("HO" f"LE has a descriptor of process {pid}")
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


scale_ = double
