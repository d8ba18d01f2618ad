"""Expected: crashed (protocol), 0 of 6. D4, wall/numbers.

A tensor whose dtype has a number that stands for none.
"""

import os
import struct
import sys

BODY = b"d\1\0\0\0s\5\0\0\0valuer\xc8\0\1" + struct.pack("<Q", 1) + b"\0" + bytes(8)


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
