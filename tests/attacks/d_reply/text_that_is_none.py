"""Expected: crashed (protocol), 0 of 6. D5, wall/numbers.

A text of bytes that are not UTF-8, half of a surrogate pair among them: it breaks whoever writes the report.
"""

import os
import struct
import sys

BODY = b"d\1\0\0\0s\5\0\0\0errord\1\0\0\0s\7\0\0\0messages\5\0\0\0a\xed\xa0\x80z"


def double(x, *more):
    def send(peer, request_id, answer):
        os.write(3, struct.pack("<4s8sQ", b"GST1", request_id, len(BODY)) + BODY)

    sys.modules["worker.serve"]._send = send


scale_ = double
