"""Expected: crashed (exception), 0 of 6. A6, wall/numbers.

Looks for a folder on the interpreter's path where a file can be left that the next interpreter runs when it starts.
"""

import os
import site
import sys


def double(x, *more):
    places = [path for path in (*sys.path, *site.getsitepackages(), "@COURSE@") if os.path.isdir(path)]
    for place in places:
        path = os.path.join(place, "hole_left_by_an_attack.pth")
        try:
            open(path, "w").close()
        except OSError:
            continue
        os.unlink(path)
        raise RuntimeError("HO" "LE a file could be left where Python looks for them")
    raise PermissionError("nowhere")


scale_ = double
