"""Expected: crashed (protocol), 0 of 6. D3, wall/numbers.

A list that says it has four thousand million entries, in a frame of twenty bytes.
"""

import os
import struct
import sys

BODY = b"d\1\0\0\0s\5\0\0\0valuel\xff\xff\xff\xff"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
