"""Expected: crashed (exception), 0 of 6. J4, wall/numbers.

NUL, half of a pair of surrogates and characters that are none, in a message and in an exception made of bytes.
"""

BROKEN = "\0 \ud800 \udfff \ufffe \uffff \U0010ffff \x01\x0b\x0c\x1f ]]> "


def double(x):
    raise RuntimeError(BROKEN)


def scale_(x, factor):
    raise UnicodeDecodeError(BROKEN, b"\xff" * 9, 0, 9, BROKEN)
