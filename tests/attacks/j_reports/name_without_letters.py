"""Expected: failed (type), 0 of 6. J4, wall/numbers.

The folder of the student is called by bytes that are no text in any encoding that the reports know.
"""

STUDENT = "j-\udcff\udc80"


def double(x):
    return None


def scale_(x, factor):
    return None
