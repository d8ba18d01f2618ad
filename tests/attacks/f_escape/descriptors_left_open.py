"""Expected: failed (type), 0 of 6. F14, wall/numbers.

Looks for a descriptor that the fork server forgot to close: its control socket would answer for other students.
"""

import os


def double(x):
    for descriptor in range(4, 4096):
        try:
            found = os.fstat(descriptor)
        except OSError:
            continue
        raise RuntimeError("HO" f"LE descriptor {descriptor}: {found}")


def scale_(x, factor):
    pass
