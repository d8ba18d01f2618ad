"""Expected: crashed (protocol), 0 of 6. A8, wall/numbers.

Puts other bytes in place of what the encoder makes.
"""

import sys

wire = sys.modules["worker.wire"]
frame = wire.frame
wire.frame = lambda request_id, body: frame(request_id, body)[:-1] + b"?"


def double(x):
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
