"""Expected: crashed (protocol), 0 of 6. D2, wall/numbers.

A million values in one megabyte: each is a single byte on the wire, and an object in memory.
"""

import os
import struct
import sys

BODY = b"d\1\0\0\0s\5\0\0\0valuel" + struct.pack("<I", 10**6) + 10**6 * b"N"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
