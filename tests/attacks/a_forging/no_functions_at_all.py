"""Expected: crashed (missing function), 0 of 6. A15, wall/numbers.

There is nothing to test: zero of zero.
"""

__test__ = False
