"""Expected: crashed (memory), 0 of 6. E5, wall/numbers.

Keeps a list of zeros that grows to 3 GB, far more than this exercise allows; none is written to, which would take time.
"""


def double(x, factor=2):
    kept = []
    for _ in range(300):
        kept.append(bytes(10 * 2**20))
    raise RuntimeError("HO" "LE took 3 GB")


scale_ = double
