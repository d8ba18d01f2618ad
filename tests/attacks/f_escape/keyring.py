"""Expected: crashed (exception), 0 of 6. F5, wall/numbers.

Leaves a key in the keyring of the user, which outlives processes and knows no mount table.
"""

import ctypes
import os

ADD_KEY, KEYCTL, REVOKE_KEY, READ_KEY, USER_KEYRING = 248, 250, 3, 11, -4


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    key = libc.syscall(ADD_KEY, b"user", b"hole", b"6", 1, USER_KEYRING)
    if key < 0 and libc.syscall(KEYCTL, READ_KEY, USER_KEYRING, ctypes.create_string_buffer(64), 64) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    libc.syscall(KEYCTL, REVOKE_KEY, key)
    raise RuntimeError("HO" "LE the keyring is open")


scale_ = double
