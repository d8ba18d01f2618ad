"""Expected: crashed (exception), 0 of 6. F9, wall/numbers.

Lays links where somebody with more rights might open them: symbolic ones to the course, a hard one to a library.
"""

import os

import torch


def double(x):
    for lay in (
        lambda: os.symlink("@COURSE@", "results"),
        lambda: os.link(torch.__file__, "torch.py"),
        lambda: os.mkfifo("pipe"),
    ):
        try:
            lay()
        except OSError as error:
            refused = error
        else:
            raise RuntimeError("HO" f"LE {os.listdir('.')}")
    raise refused


scale_ = double
