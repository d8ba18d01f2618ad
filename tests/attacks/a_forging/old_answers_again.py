"""Expected: crashed (protocol), 0 of 6. A9, wall/numbers.

Keeps the bytes of the first answer, which was a good one, and sends these very bytes ever after.
"""

import sys

serve = sys.modules["worker.serve"]
send = serve._send
kept = []


def again(peer, request_id, answer):
    kept.append(request_id)
    send(peer, kept[0], answer)


serve._send = again


def double(x):
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
