"""Expected: failed (value), 0 of 6. A12, wall/numbers.

Prints what a green run looks like, in the forms that machines read, then answers nothing but zeros.
"""

import sys

import torch

GREEN = """
============================== 4 passed in 0.01s ===============================
{"tests": [{"score": 6, "max_score": 6, "status": "passed"}]}
TAP version 13
1..1
ok 1 - everything
<testsuite tests="4" failures="0" errors="0"/>
"""


def double(x):
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        print(GREEN, file=stream, flush=True)
    return torch.zeros_like(x)


def scale_(x, factor):
    print(GREEN)
