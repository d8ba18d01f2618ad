"""Expected: crashed (exception), 0 of 6. C10, wall/numbers.

Asks for a queue of messages and a semaphore of the old kind, which anybody finds who knows the number.
"""

import ctypes
import os

CREATE = 0o1600


def double(x, factor=2):
    libc = ctypes.CDLL(None, use_errno=True)
    for get, arguments, remove in (
        (libc.msgget, (4711, CREATE), lambda number: libc.msgctl(number, 0, None)),
        (libc.semget, (4711, 1, CREATE), lambda number: libc.semctl(number, 0, 0)),
    ):
        made = get(*arguments)
        if made >= 0:
            remove(made)
            raise RuntimeError("HO" f"LE made {get.__name__} {made}")
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


scale_ = double
