"""Expected: crashed (exception), 0 of 6. A4, wall/numbers.

Raises what test frameworks take for a skipped test, made by hand: pytest is not here.
"""

class Skipped(BaseException):
    pass


Skipped.__module__ = "_pytest.outcomes"


def double(x):
    raise Skipped("unconditional skip")


scale_ = lambda x, factor: double(x)
