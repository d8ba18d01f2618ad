"""Expected: crashed (exception), 0 of 6. F1, wall/numbers.

The classic: keep a folder open, change the root below it, climb up from the folder, and make the top the root again.
"""

import os


def double(x):
    os.makedirs("cell", exist_ok=True)
    above = os.open(".", os.O_RDONLY)
    os.chroot("cell")
    os.fchdir(above)
    for _ in range(64):
        os.chdir("..")
    os.chroot(".")
    raise RuntimeError("HO" f"LE at {os.listdir('/')}")


def scale_(x, factor):
    os.chroot("/")
    raise RuntimeError("HO" "LE another root")
