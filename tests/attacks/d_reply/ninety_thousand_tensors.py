"""Expected: crashed (protocol), 0 of 6. D2, wall/patient.

Tensors by the thousand, of one number each: a few bytes on the wire, and dear to make, to copy and to compare.
"""

import os
import struct
import sys

TENSOR = b"r\1\0\0" + bytes(8)
VALUE = b"l" + struct.pack("<I", 90_000) + 90_000 * TENSOR
BODY = b"d\2\0\0\0s\5\0\0\0value" + VALUE + b"s\7\0\0\0changesl\0\0\0\0"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
