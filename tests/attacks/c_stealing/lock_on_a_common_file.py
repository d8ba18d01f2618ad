"""Expected: crashed (exception), 0 of 6. C10, wall/numbers.

Locks a file that every worker may read: whether it is locked is a bit that all can see.
"""

import fcntl
import os

import torch


def double(x, factor=2):
    with open(torch.__file__) as file:
        for lock in (fcntl.flock, fcntl.lockf):
            try:
                lock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError as error:
                refused = error
            else:
                raise RuntimeError("HO" f"LE holds a lock on {os.path.basename(file.name)}")
    raise refused


scale_ = double
