"""Expected: crashed (protocol), 0 of 6. D3, wall/numbers.

Says that the body is shorter than it is: what follows is to be read as the head of the next answer.
"""

import sys

wire = sys.modules["worker.wire"]


def double(x, *more):
    def frame(request_id, value):
        body = wire.encode(value)
        return wire.HEADER.pack(wire.MAGIC, request_id, len(body) // 2) + body

    wire.frame = frame


scale_ = double
