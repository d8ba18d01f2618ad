"""Expected: crashed (protocol), 0 of 6. D5, wall/numbers.

An answer that holds two values for one key, a good one and a bad one: two readers may see two answers.
"""

import os
import struct
import sys

BODY = b"d\2\0\0\0" + 2 * b"s\5\0\0\0valueN"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
