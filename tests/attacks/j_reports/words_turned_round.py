"""Expected: crashed (exception), 0 of 6. J3, wall/numbers.

Characters that nobody sees: they turn the direction of what follows, join, hide and tag it.
"""

HIDDEN = "0\u202e6 fo 6\u202c \u2066x\u2069 \u200b\u200e\u200f\u061c\ufeff\u2060\u00ad \U000e0041\U000e007f"


def double(x):
    raise type("E\u202e", (Exception,), {})(HIDDEN)


def scale_(x, factor):
    pass
