"""Expected: crashed (exception), 0 of 6. E9, wall/numbers.

One file that looks 64 MB large and takes no room, until somebody reads it.
"""

import tempfile


def double(x, factor=2):
    with tempfile.TemporaryFile() as file:
        file.truncate(64 * 2**20)
        raise RuntimeError("HO" "LE has a file of 64 MB")


scale_ = double
