"""Expected: crashed (exception), 0 of 6. F11, wall/numbers.

Puts an empty module in the place of torch, of json and of the grader's own modules, for all who import them later.
"""

import sys
from types import ModuleType


def double(x):
    for name in list(sys.modules):
        if name.partition(".")[0] in ("torch", "json", "worker", "numpy"):
            sys.modules[name] = ModuleType(name)
    return x + x


scale_ = double
