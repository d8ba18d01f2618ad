"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

An exception with fifty megabytes to say, and a name that is as long as names may be.
"""

Long = type("Long" * 10_000, (Exception,), {})


def double(x, *more):
    raise Long("<b>passed</b>" * 4_000_000)


scale_ = double
