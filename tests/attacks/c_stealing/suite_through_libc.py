"""Expected: crashed (exception), 0 of 6. C1, wall/numbers.

Opens the hidden suite past Python, by the C library and by PyTorch's own reader of files.
"""

import ctypes

import torch

SUITE = "@COURSE@/solutions/wall/numbers/test_hidden.py"


def double(x, factor=2):
    libc = ctypes.CDLL(None)
    file = libc.open(SUITE.encode(), 0)
    if file >= 0:
        text = ctypes.create_string_buffer(2000)
        libc.read(file, text, 1999)
        raise RuntimeError("HO" "LE " + text.value.decode())
    raise RuntimeError("HO" "LE " + bytes(torch.from_file(SUITE, size=900, dtype=torch.uint8).tolist()).decode())


scale_ = double
