"""Expected: crashed (protocol), 0 of 6. A8, wall/numbers.

Rewrites the worker's own answers so that they say what a lazy grader would like to hear.
"""

import sys

serve = sys.modules["worker.serve"]
serve.perform = lambda loaded, body: {"passed": True, "score": 6, "value": None, "changes": []}


def double(x):
    return x


def scale_(x, factor):
    pass
