"""Expected: crashed (exception), 0 of 6. F2, wall/numbers.

Runs a program that lies in every system.
"""

import os


def double(x):
    pid = os.fork()
    if pid == 0:
        os.execv("/bin/true", ["true"])
    os.waitpid(pid, 0)
    raise RuntimeError("HO" "LE a program ran")


def scale_(x, factor):
    os.execv("/bin/true", ["true"])
