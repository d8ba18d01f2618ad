"""Expected: crashed (exception), 0 of 6. E7, wall/numbers.

Wants eight helpers by the usual means of the standard library.
"""

import multiprocessing


def double(x, factor=2):
    with multiprocessing.get_context("fork").Pool(8) as pool:
        raise RuntimeError("HO" f"LE works with {len(pool.map(abs, range(8)))} processes")


scale_ = double
