"""Expected: crashed (notebook), 0 of 6. I4, wall/numbers.

Six megabytes of brackets, which are two million lists when they are read.
"""


def hand_in(home):
    (home / "wall").mkdir()
    with open(home / "wall" / "numbers.ipynb", "w") as file:
        file.write('{"cells": [')
        for _ in range(20):
            file.write("[]," * 10**5)
        file.write("[]]}")
