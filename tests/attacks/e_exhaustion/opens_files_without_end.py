"""Expected: crashed (exception), 0 of 6. E11, wall/numbers.

Opens and never closes.
"""


def double(x, factor=2):
    kept = [open("/dev/null") for _ in range(1000)]
    raise RuntimeError("HO" f"LE has {len(kept)} open files")


scale_ = double
