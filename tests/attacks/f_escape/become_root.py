"""Expected: crashed (exception), 0 of 6. F6, wall/numbers.

Asks for root's identity, then for another user's, then for a capability back.
"""

import ctypes
import os


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    header, all_of_them = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
    if libc.capset(header, all_of_them) == 0:
        raise RuntimeError("HO" "LE every capability")
    for become in (os.setuid, os.setgid, os.seteuid):
        for identity in (0, 1, 1000):
            try:
                become(identity)
            except OSError as error:
                refused = error
            else:
                raise RuntimeError("HO" f"LE {become.__name__}({identity})")
    raise refused


scale_ = double
