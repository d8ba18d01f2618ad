"""Expected: crashed (notebook), 0 of 6. I4, wall/numbers.

Lists in lists, a million deep: a reader that follows them has no stack left.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.ipynb").write_text('{"cells": ' + "[" * 10**6 + "]" * 10**6 + "}")
