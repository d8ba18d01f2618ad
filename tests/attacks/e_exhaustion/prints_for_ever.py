"""Expected: crashed (output), 0 of 6. E10, wall/numbers.

Says the same megabyte again and again, past Python and its buffers.
"""

import os


def double(x, factor=2):
    flood = b"loss: 0.6931\n" * 80_000
    while True:
        os.write(1, flood)


scale_ = double
