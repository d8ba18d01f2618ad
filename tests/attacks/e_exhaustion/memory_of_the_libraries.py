"""Expected: crashed (memory), 0 of 6. E6, wall/numbers.

Gives the code of PyTorch back, which the limit on address space counts, and takes data in its place, of several kinds.
"""

import ctypes
import gc
import mmap

MB = 400
KINDS = {"private": mmap.MAP_PRIVATE, "shared": mmap.MAP_SHARED, "growing": mmap.MAP_PRIVATE | 0x100}


class Library(ctypes.Structure):
    _fields_ = [("base", ctypes.c_size_t), ("name", ctypes.c_char_p), ("parts", ctypes.c_void_p)]


class Part(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_uint32), ("access", ctypes.c_uint32)] + [(n, ctypes.c_size_t) for n in "abcdef"]


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Library), ctypes.c_size_t, ctypes.c_void_p)
def give_back(library, size, data):
    if b"libtorch_cpu" in (library[0].name or b""):
        for part in (Part * 2).from_address(library[0].parts):
            if part.access == 5 and part.e > 2**24:
                ctypes.CDLL(None).munmap(ctypes.c_void_p(library[0].base + part.b), ctypes.c_size_t(part.e & ~4095))
    return 0


def double(x, factor=2):
    gc.disable()
    ctypes.CDLL(None).dl_iterate_phdr(give_back, None)
    for name, kind in KINDS.items():
        try:
            taken = mmap.mmap(-1, MB * 2**20, kind | mmap.MAP_ANONYMOUS)
        except OSError:
            continue
        raise RuntimeError("HO" f"LE took {len(taken)} {name} bytes")
    raise MemoryError


scale_ = double
