"""Expected: passed, 6 of 6. C5, wall/numbers.

Looks for tokens among the variables, in Python's copy and in the C library's.
"""

import ctypes
import os

EXPECTED = {"HOME", "TMPDIR", "LANG", "LC_CTYPE", "OMP_NUM_THREADS"}


def double(x):
    variables = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    native = []
    while variables and variables[len(native)]:
        native.append(variables[len(native)].decode())
    for entry in native + [f"{name}={value}" for name, value in os.environ.items()]:
        if entry.partition("=")[0] not in EXPECTED or "canary" in entry:
            raise RuntimeError("HO" f"LE {entry}")
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
