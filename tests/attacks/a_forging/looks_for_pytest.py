"""Expected: failed (value), 0 of 6. A5, wall/numbers.

Wants to patch the report of every test.
"""

from _pytest.reports import TestReport

TestReport.from_item_and_call = classmethod(lambda cls, item, call: None)


def double(x):
    return x


def scale_(x, factor):
    pass
