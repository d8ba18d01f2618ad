"""Expected: crashed (protocol), 4 of 6. A9, wall/numbers.

Works honestly at first, then sends its last honest frame again in place of doing the work.
"""

import sys

wire = sys.modules["worker.wire"]
frame, sent, count = wire.frame, [], 0


def replay(request_id, body):
    global count
    count += 1
    sent.append(frame(request_id, body))
    return sent[-1] if count < 7 else sent[-2]


wire.frame = replay


def double(x):
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
