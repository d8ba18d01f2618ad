"""Expected: crashed (exception), 0 of 6. E6, wall/numbers.

Asks for a gigabyte of nameless shared pages, which a limit on a process's own data would not count.
"""

import mmap


def double(x, factor=2):
    pages = mmap.mmap(-1, 2**30)
    for at in range(0, 2**30, 4096):
        pages[at] = 1
    raise RuntimeError("HO" "LE holds a gigabyte of shared pages")


scale_ = double
