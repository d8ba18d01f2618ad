"""Expected: crashed (protocol), 0 of 6. D2, wall/numbers.

A dict of integers that all have the same hash: to put it together takes the square of its length.
"""

import os
import struct
import sys

KEYS = (b"i\x20" + (1 + n * (2**61 - 1)).to_bytes(32, "little") + b"N" for n in range(40_000))
BODY = b"d\1\0\0\0s\5\0\0\0valued" + struct.pack("<I", 40_000) + b"".join(KEYS)


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
