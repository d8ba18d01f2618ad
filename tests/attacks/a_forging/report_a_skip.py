"""Expected: crashed (exception), 0 of 6. A4, wall/numbers.

Replaces the worker's report of an exception by one that claims to be pytest's own way of passing over a test.
"""

import sys


def double(x):
    loading = sys.modules["worker.loading"]
    loading.describe = lambda *args: {"kind": "skipped", "type": "Skipped", "message": "passed", "lines": []}
    raise ValueError


scale_ = double
