"""Expected: crashed (protocol), 0 of 6. A9, wall/numbers.

Finds the number of the question in the worker's frames, answers it itself, and lays answers in stock behind it, the
same number on all of them.
"""

import os
import sys

wire = sys.modules["worker.wire"]
frame = sys._getframe()
while frame.f_code.co_name != "serve":
    frame = frame.f_back
number = frame.f_locals["request_id"]
os.write(3, wire.frame(number, {"value": None}) + 20 * wire.frame(number, {"value": 2.0, "changes": []}))


def double(x):
    return x


def scale_(x, factor):
    return None
