"""Expected: failed (shape), 4 of 6. D5, wall/patient.

Says of the list of arguments that it holds itself now, ten thousand times.
"""

import sys

serve = sys.modules["worker.serve"]
send = serve._send
CHANGES = [(1, [(1, None)] * 10_000)]


def double(x):
    if x.requires_grad:
        serve._send = lambda peer, request_id, answer: send(peer, request_id, answer | {"changes": CHANGES})
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
