"""Expected: crashed (protocol), 0 of 6. D4, wall/numbers.

A tensor of 2**32 by 2**32 numbers and no bytes: in 64 bits the product of its dimensions is 0.
"""

import os
import struct
import sys

BODY = b"d\1\0\0\0s\5\0\0\0valuer\1\0\2" + struct.pack("<QQ", 2**32, 2**32) + b"\0\1"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
