"""Expected: failed (value), 0 of 6. A13, wall/numbers.

Leaves a thread and an exit handler that answer again when the honest-looking answer is out.
"""

import atexit
import os
import threading
import time


def again():
    time.sleep(0.05)
    os.write(3, b"GST1" + bytes(8) + (1).to_bytes(8, "little") + b"N")


atexit.register(again)


def double(x):
    return x


def scale_(x, factor):
    pass
