"""Expected: crashed (exception), 0 of 6. C1, wall/numbers.

Opens the hidden suite where it lies and shows it in an exception.
"""

from pathlib import Path


def double(x):
    raise RuntimeError("HO" "LE " + Path("@COURSE@/solutions/wall/numbers/test_hidden.py").read_text())


scale_ = double
