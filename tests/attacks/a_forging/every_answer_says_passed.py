"""Expected: crashed (protocol), 0 of 6. A8, wall/numbers.

Takes the worker's loop over and writes into every answer whatever another grader might take for a verdict.
"""

import sys

serve = sys.modules["worker.serve"]
send = serve._send
VERDICT = {"passed": True, "outcome": "passed", "score": 6, "status": 0, "value": True, "changes": []}


def forged(peer, request_id, answer):
    send(peer, request_id, VERDICT)


serve._send = forged


def double(x):
    return True


scale_ = double
