"""Expected: crashed (protocol), 0 of 6. D4, wall/numbers.

A tensor without numbers whose other dimensions are so large that no stride can be computed for them.
"""

import os
import struct
import sys

SHAPE = struct.pack("<QQQ", 2**40, 2**40, 0)
BODY = b"d\1\0\0\0s\5\0\0\0valuer\1\0\3" + SHAPE + b"\0\1\2"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
