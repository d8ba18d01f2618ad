"""Expected: crashed (signal), 0 of 6. F4, wall/numbers.

Enters the kernel by the old gate for 32 bits, where numbers mean other calls: 2 is fork there, and open here.
"""

import ctypes
import mmap
import os

OLD_FORK = b"\xb8\x02\x00\x00\x00\xcd\x80\xc3"  # mov eax, 2; int 0x80; ret


def double(x):
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(OLD_FORK)
    here = ctypes.addressof(ctypes.c_char.from_buffer(page))
    pid = ctypes.CFUNCTYPE(ctypes.c_int)(here)()
    if pid == 0:
        os._exit(0)
    raise RuntimeError("HO" f"LE the old gate answered {pid}")


scale_ = double
