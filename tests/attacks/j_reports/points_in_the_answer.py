"""Expected: crashed (protocol), 0 of 6. J6, wall/numbers.

The worker's answers carry points: more than there are, none that is a number, and a word that says passed.
"""

import sys

serve = sys.modules["worker.serve"]
EXTRA = {"score": float("nan"), "points": 1e308, "max_score": -1, "outcome": "passed", "passed": True, "part": 2.0}
serve.perform = lambda loaded, body: {"value": EXTRA, "changes": [], **EXTRA}


def double(x):
    pass


def scale_(x, factor):
    pass
