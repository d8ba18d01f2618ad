"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

An exception whose text moves the cursor, clears the screen and rings the bell.
"""

def double(x):
    raise ValueError("\x1b[2J\x1b[H6 passed\x07\x00\r\x9b31m\u202e")


def scale_(x, factor):
    double(x)
