"""Expected: failed (type), 0 of 6. A8, wall/numbers.

Puts an encoder of its own in the place of the worker's: every value becomes True, or an object that is equal to all.
"""

import sys

wire = sys.modules["worker.wire"]
put = wire._Encoder.put


def forged(self, value, depth):
    if depth == 1 and type(value) not in (str, list):
        self.add(b"T")
    else:
        put(self, value, depth)


def double(x):
    wire._Encoder.put = forged
    return x


def scale_(x, factor):
    wire._Encoder.put = forged
