"""Expected: crashed (exception), 0 of 6. E9, wall/numbers.

Writes checkpoint after checkpoint, none of them too large by itself.
"""

import tempfile
from pathlib import Path


def double(x, factor=2):
    for number in range(6):
        (Path(tempfile.gettempdir()) / f"hole{number}").write_bytes(bytes(10 * 2**20))
    raise RuntimeError("HO" "LE wrote 60 MB")


scale_ = double
