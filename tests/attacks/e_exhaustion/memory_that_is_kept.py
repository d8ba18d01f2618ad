"""Expected: crashed (memory), 0 of 6. E5, wall/numbers.

Takes all memory that there is, swallows the complaint, and leaves none to answer with.
"""

import gc

kept = ()


def double(x, factor=2):
    global kept
    gc.disable()
    for size in (2**24, 2**20, 2**16, 2**12, 2**8, 2**5):
        try:
            for _ in range(min(10_000, 2**30 // size)):
                kept = (kept, bytes(size))
        except MemoryError:
            pass
    return factor * x


scale_ = double
