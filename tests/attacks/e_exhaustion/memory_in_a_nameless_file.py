"""Expected: crashed (exception), 0 of 6. E6, wall/numbers.

Writes to a file that lives in memory and has no folder; no limit on address space sees it.
"""

import os


def double(x, factor=2):
    file = os.memfd_create("pages")
    for _ in range(48):
        os.write(file, bytes(2**20))
    raise RuntimeError("HO" "LE holds 48 MB that nobody counts")


scale_ = double
