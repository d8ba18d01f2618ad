"""Expected: crashed (exception), 0 of 6. A4, wall/numbers.

Raises what test frameworks take for "this test was skipped", and what they take for the user's Ctrl-C.
"""

import unittest

try:
    from _pytest.outcomes import Skipped
except ImportError:
    Skipped = unittest.SkipTest


def double(x):
    raise Skipped("not today") if x.dim() < 2 else unittest.SkipTest("not today")


def scale_(x, factor):
    raise KeyboardInterrupt
