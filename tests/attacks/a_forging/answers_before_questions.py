"""Expected: crashed (protocol), 0 of 6. A9, wall/numbers.

Fills the wire with fifty answers before anything was asked, in the hope that each is read for a question to come.
"""

import os
import sys

wire = sys.modules["worker.wire"]
for _ in range(50):
    os.write(3, wire.frame(bytes(8), {"value": None, "changes": []}))


def double(x):
    return x


def scale_(x, factor):
    return None
