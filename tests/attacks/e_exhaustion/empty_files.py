"""Expected: crashed (exception), 0 of 6. E9, wall/numbers.

Five thousand files with nothing in them: what runs out is their number.
"""

import tempfile
from pathlib import Path


def double(x, factor=2):
    folder = Path(tempfile.gettempdir()) / "hole"
    folder.mkdir(exist_ok=True)
    for number in range(5000):
        (folder / str(number)).touch()
    raise RuntimeError("HO" "LE made 5000 files")


scale_ = double
