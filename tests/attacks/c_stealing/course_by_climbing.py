"""Expected: crashed (exception), 0 of 6. C1, wall/numbers.

Lists every folder on the way from the root to the course, and those above its own.
"""

import os

PLACES = ["@COURSE@", "@SUBMISSIONS@", "@RESULTS@", "..", "../..", "/proc/self/cwd/.."]


def double(x, factor=2):
    refused = None
    for place in PLACES + ["@COURSE@"[:n] for n, letter in enumerate("@COURSE@") if letter == "/" and n]:
        try:
            names = os.listdir(place)
        except OSError as error:
            refused = error
        else:
            if {"course", "solutions", "submissions", "grades"} & set(names):
                raise RuntimeError("HO" f"LE sees {names}")
    raise refused


scale_ = double
