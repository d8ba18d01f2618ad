"""Expected: crashed (memory), 0 of 6. E5, wall/numbers.

Keeps copies of its argument until it has 3 GB, far more than this exercise allows.
"""


def double(x, factor=2):
    kept = []
    for _ in range(300):
        kept.append(bytearray(10 * 2**20))
    raise RuntimeError("HO" "LE took 3 GB")


scale_ = double
