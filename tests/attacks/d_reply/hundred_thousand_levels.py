"""Expected: crashed (protocol), 0 of 6. D2, wall/numbers.

A list in a list in a list, for as long as a recursive reader does not fall over.
"""

import os
import struct
import sys

BODY = b"d\1\0\0\0s\5\0\0\0value" + 100_000 * b"l\1\0\0\0" + b"N"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
