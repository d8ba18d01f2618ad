"""Expected: crashed (protocol), 0 of 6. A9, wall/numbers.

Writes answers to the wire before anything was asked.
"""

import os
import struct

for number in range(50):
    body = b"d" + struct.pack("<I", 0)
    os.write(3, struct.pack("<4s8sQ", b"GST1", bytes(8), len(body)) + body)


def double(x):
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
