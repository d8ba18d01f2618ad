"""Expected: crashed (exception), 0 of 6. F12, wall/numbers.

Looks for processes that it could signal, neighbours and the fork server among them. Signal 0 only asks.
"""

import os


def double(x):
    reached, refused = [], ProcessLookupError("nobody is there")
    for pid in (-1, *range(2, 400), os.getppid() or -1):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            continue
        except PermissionError as error:
            refused = error
        else:
            reached.append(pid)
    if reached:
        raise RuntimeError("HO" f"LE can signal {reached[:9]}")
    raise refused


scale_ = double
