"""Expected: timeout (wall), 0 of 6. D6, wall/numbers.

Sends the right answer, one byte at a time with a rest after each: every single read succeeds.
"""

import os
import sys
import time

wire = sys.modules["worker.wire"]


def slowly(peer, request_id, answer):
    for byte in wire.frame(request_id, answer):
        os.write(3, bytes([byte]))
        time.sleep(0.1)


def double(x):
    sys.modules["worker.serve"]._send = slowly
    return 2 * x


def scale_(x, factor):
    double(x)
    x.mul_(factor)
