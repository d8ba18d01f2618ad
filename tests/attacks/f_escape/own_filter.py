"""Expected: crashed (exception), 0 of 6. F6, wall/numbers.

Puts a filter of its own over the wall's: one that turns every write into a signal could change what is written.
"""

import ctypes
import os
import struct

SECCOMP, SET_MODE_FILTER, PR_SET_SECCOMP = 317, 1, 22
ALLOW = struct.pack("<HBBI", 0x06, 0, 0, 0x7FFF0000)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    program = ctypes.byref(Program(1, ALLOW))
    if libc.syscall(SECCOMP, SET_MODE_FILTER, 0, program) and libc.prctl(PR_SET_SECCOMP, 2, program):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("HO" "LE a filter over the filter")


scale_ = double
