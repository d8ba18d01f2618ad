"""Expected: failed (shape), 0 of 6. A9, wall/numbers.

The first answer is right; every later question gets it again, under the number of the new question.
"""

import sys

serve = sys.modules["worker.serve"]
send = serve._send
kept = []


def double(x):
    serve._send = lambda peer, request_id, answer: send(peer, request_id, (kept.append(answer), kept[0])[1])
    return 2 * x[..., :1]


def scale_(x, factor):
    return double(x)
