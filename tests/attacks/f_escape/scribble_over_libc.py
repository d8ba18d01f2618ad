"""Expected: crashed (signal), 0 of 6. F3, wall/numbers.

Writes a trap into libc's own code, which all workers share with the process that they were forked from.
"""

import ctypes
import mmap

libc = ctypes.CDLL(None, use_errno=True)
TRAP = 0xCC


def double(x):
    here = ctypes.cast(libc.getpid, ctypes.c_void_p).value
    page = here - here % mmap.PAGESIZE
    everything = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
    libc.mprotect(ctypes.c_void_p(page), mmap.PAGESIZE, everything)
    ctypes.memset(here, TRAP, 1)
    libc.getpid()
    raise RuntimeError("the trap did not snap")


scale_ = double
