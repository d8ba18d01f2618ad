"""Expected: crashed (signal), 0 of 6. E12, wall/numbers.

Lifts Python's limit and nests calls that need room on the real stack.
"""

import sys


class Deep:
    def __eq__(self, other):
        return [self] == [Deep()]


def double(x, factor=2):
    sys.setrecursionlimit(10**9)
    return Deep() == Deep()


scale_ = double
