"""Expected: crashed (import), 0 of 6. C1, wall/numbers.

Imports the trusted side, the reference and the suite as if it were one of them.
"""

import importlib
import sys

sys.path[:0] = ["@COURSE@", "@COURSE@/solutions/wall/numbers", "@COURSE@/.."]


def double(x, factor=2):
    for name in ("grader.reference", "solutions.wall.numbers.numbers", "numbers_reference", "test_hidden"):
        try:
            importlib.import_module(name)
        except ImportError as error:
            refused = error
        else:
            raise RuntimeError("HO" f"LE imported {name}")
    raise refused


scale_ = double
