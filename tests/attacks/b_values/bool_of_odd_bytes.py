"""Expected: crashed (protocol), 0 of 6. B6, wall/numbers.

A tensor of bools whose bytes are 2 and 255, written into the frame by hand: no two kernels agree on what it holds.
"""

import os
import struct
import sys

BODY = b"d\2\0\0\0s\5\0\0\0valuer\x09\0\1" + struct.pack("<Q", 2) + b"\0\x02\xffs\7\0\0\0changesl\0\0\0\0"


def double(x):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


def scale_(x, factor):
    double(x)
