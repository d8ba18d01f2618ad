"""Expected: timeout (wall), 0 of 6. D3, wall/numbers.

Announces sixty megabytes, sends ten bytes and waits for ever: a reader without a deadline waits along.
"""

import os
import struct
import sys
import time


def double(x, *more):
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    os.write(3, struct.pack("<4s8sQ", b"GST1", frame.f_locals["request_id"], 60 * 2**20) + 10 * b"d")
    time.sleep(3600)


scale_ = double
