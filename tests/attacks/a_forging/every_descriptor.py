"""Expected: crashed (protocol), 0 of 6. A10, wall/numbers.

Writes a good result to every open descriptor: one of them should lead to where results are kept.
"""

import os

MINE = 0, 1, 2, 3  # streams, and the wire


def double(x, *more):
    for fd in range(256):
        try:
            os.fstat(fd)
        except OSError:
            continue
        if fd not in MINE:
            raise RuntimeError("HO" "LE a descriptor more than there should be")
        if fd:
            os.write(fd, b'{"outcome": "passed", "score": 6}\n')


scale_ = double
