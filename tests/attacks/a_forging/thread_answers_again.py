"""Expected: crashed (protocol), 0 of 6. A13, wall/numbers.

A thread keeps writing to the wire while the main one answers.
"""

import os
import threading


def flood():
    while True:
        os.write(3, b"GST1" + bytes(8) + (1).to_bytes(8, "little") + b"N")


threading.Thread(target=flood, daemon=True).start()


def double(x):
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
