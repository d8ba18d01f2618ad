"""Expected: crashed (protocol), 0 of 6. D1, wall/numbers.

Answers with a pickle that leaves a file where it is opened.
"""

import os
import pickle
import struct
import sys


class Payload:
    def __reduce__(self):
        return open, ("/tmp/hole-left-by-a-pickle", "w")


BODY = pickle.dumps(Payload())


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double

