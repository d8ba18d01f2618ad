"""Expected: crashed (exception), 0 of 6. C3, wall/numbers.

Opens the memory of its parent and of the first process like a file, to read and to write.
"""

import os


def double(x, factor=2):
    for pid in {1, os.getppid()} - {os.getpid()} or {0}:
        with open(f"/proc/{pid}/mem", "r+b"):
            raise RuntimeError("HO" f"LE the memory of process {pid} is open")


scale_ = double
