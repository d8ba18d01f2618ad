"""Expected: crashed (exception), 0 of 6. F3, wall/numbers.

Puts a shared library into the one folder that it may write, and loads it from there.
"""

import ctypes
import shutil
from pathlib import Path

import torch


def double(x):
    source = Path(torch.__file__).parent / "lib" / "libtorch_global_deps.so"
    here = shutil.copyfile(source, Path.cwd() / "mine.so")
    ctypes.CDLL(str(here))
    raise RuntimeError("HO" "LE native code was loaded from the scratch folder")


scale_ = double
