"""Expected: passed, 6 of 6. C2, wall/numbers.

Reads the variables of every function that has called it, up to the first line of the process.
"""

import sys

import torch

torch.set_printoptions(threshold=5)
WANTED = ("canary", "test_hidden", "@COURSE@", "@SUBMISSIONS@", "@RESULTS@")


def double(x, factor=2):
    frame = sys._getframe(1)
    while frame:
        for name, value in {**frame.f_globals, **frame.f_locals}.items():
            if any(word in repr(value) for word in WANTED):
                raise RuntimeError("HO" f"LE {name} in {frame.f_code.co_name} holds {value!r}")
        frame = frame.f_back
    return factor * x


def scale_(x, factor):
    x.mul_(factor)
