"""Expected: crashed (exception), 0 of 6. D5, wall/numbers.

Reports an exception whose every field has another type than it should have, and is huge.
"""

import sys

serve = sys.modules["worker.serve"]
send = serve._send
REPORT = {"kind": 7, "type": "\x1b[2J" * 9999, "message": [None, "x"], "lines": [(1, 2), -5, 2**200, True, "9" * 9999]}


def double(x, *more):
    serve._send = lambda peer, request_id, answer: send(peer, request_id, {"error": REPORT})


scale_ = double
