"""Expected: crashed (exception), 0 of 6. C10, wall/numbers.

Opens memory with a name, by which other submissions could find it, in each of the ways that the libraries have.
"""

import ctypes
from multiprocessing.shared_memory import SharedMemory

import torch


def double(x, factor=2):
    libc = ctypes.CDLL(None)
    if libc.shm_open(b"/hole", 0o102, 0o600) >= 0:
        libc.shm_unlink(b"/hole")
        raise RuntimeError("HO" "LE has shared memory")
    try:
        SharedMemory("hole", create=True, size=4096).unlink()
    except OSError:
        torch.ones(3).share_memory_()
    raise RuntimeError("HO" "LE has shared memory")


scale_ = double
