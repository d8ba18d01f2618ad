"""Expected: crashed (exception), 0 of 6. C9, wall/numbers.

Hands in what another student has handed in.
"""


def double(x, factor=2):
    with open("@SUBMISSIONS@/honest-plain/wall/numbers.py") as file:
        raise RuntimeError("HO" "LE " + file.read())


scale_ = double
