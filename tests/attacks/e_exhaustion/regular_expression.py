"""Expected: timeout (cpu), 0 of 6. E2, wall/numbers.

A pattern that tries every way of cutting a word into pieces before it gives up.
"""

import re


def double(x, factor=2):
    re.fullmatch("(a+)+", "a" * 60 + "b")
    return factor * x


scale_ = double
