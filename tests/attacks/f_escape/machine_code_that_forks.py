"""Expected: crashed (exception), 0 of 6. F3, wall/numbers.

Forks by eight bytes of machine code in a page of its own: no Python function is asked, and none can refuse.
"""

import ctypes
import mmap
import os

FORK = b"\xb8\x39\x00\x00\x00\x0f\x05\xc3"  # mov eax, 57; syscall; ret


def double(x):
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(FORK)
    here = ctypes.addressof(ctypes.c_char.from_buffer(page))
    pid = ctypes.CFUNCTYPE(ctypes.c_long)(here)()
    if pid == 0:
        os._exit(0)
    if pid < 0:
        raise OSError(-pid, os.strerror(-pid))
    os.waitpid(pid, 0)
    raise RuntimeError("HO" "LE forked from machine code")


scale_ = double
