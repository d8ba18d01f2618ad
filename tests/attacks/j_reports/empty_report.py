"""Expected: crashed (exception), 0 of 6. J4, wall/numbers.

Reports an error of no kind, without type, message and line: whoever reads the report would find a zero without a word.
"""

import sys

sys.modules["worker.serve"].perform = lambda *_: {"error": {"kind": KINDS.pop(), "message": ""}}
KINDS = ["probe", "unsendable", "missing", ""]


def double(x):
    pass


scale_ = double
