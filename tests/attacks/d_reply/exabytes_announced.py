"""Expected: crashed (protocol), 0 of 6. D3, wall/numbers.

Announces a body of sixteen exabytes: a reader that makes room for it first is dead.
"""

import os
import struct
import sys


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, 2**64 - 1))

    sys.modules["worker.serve"]._send = send


scale_ = double
