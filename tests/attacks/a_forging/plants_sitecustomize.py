"""Expected: crashed (exception), 0 of 6. A6, wall/numbers.

Leaves a file that the next interpreter would run when it starts.
"""

import os
import sys


def double(x):
    for folder in sys.path:
        if os.path.isdir(folder):
            with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
                file.write("")
            os.unlink(os.path.join(folder, "sitecustomize.py"))
            raise RuntimeError("HO" "LE wrote where Python starts")
    raise PermissionError("no folder")


scale_ = lambda x, factor: double(x)
