"""Expected: crashed (memory), 0 of 6. E5, wall/patient.

Takes all memory that there is, swallows the complaint, and leaves none to answer with.
"""

import gc

PIECES = {2**24: 32, 2**20: 64, 2**16: 1000, 2**12: 10_000, 2**8: 10_000, 2**5: 10_000}  # bytes of one: how many
kept = ()


def double(x, factor=2):
    global kept
    gc.disable()
    for size, most in PIECES.items():
        try:
            for _ in range(most):
                kept = (kept, bytes(size))
        except MemoryError:
            pass
    return factor * x


scale_ = double
