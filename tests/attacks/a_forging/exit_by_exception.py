"""Expected: crashed (exit), 0 of 6. A3, wall/numbers.

Asks the interpreter politely to end with success, from within a thread pool's worker as well.
"""

import sys
from concurrent.futures import ThreadPoolExecutor


def double(x):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(sys.exit, 0).result()


def scale_(x, factor):
    sys.exit(0)
