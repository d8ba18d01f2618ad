"""Expected: crashed (protocol), 0 of 6. D8, wall/numbers.

Says that it returned an object of a type whose name is a megabyte long, most of it invisible.
"""

import os
import struct
import sys

NAME = ("\N{RIGHT-TO-LEFT OVERRIDE}" + "a" * 100).encode() * 10_000
BODY = b"d\2\0\0\0s\5\0\0\0valuex" + struct.pack("<I", len(NAME)) + NAME + b"s\7\0\0\0changesl\0\0\0\0"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
