"""Expected: crashed (exception), 0 of 6. F10, wall/numbers.

Leaves a file among the modules and the compiled modules of PyTorch, where the next interpreter would find it.
"""

from pathlib import Path

import numpy
import torch


def double(x):
    for package in (torch, numpy):
        folder = Path(package.__file__).parent
        for place in (folder, folder / "__pycache__", folder.parent):
            try:
                (place / "hole.py").write_text("")
            except OSError as error:
                refused = error
            else:
                (place / "hole.py").unlink()
                raise RuntimeError("HO" f"LE wrote into {place}")
    raise OSError(refused.errno, refused.strerror)


scale_ = double
