"""Expected: crashed (exception), 0 of 6. E15, wall/numbers.

Wants real-time priority on every core, so that the grader never gets its turn.
"""

import os


def double(x, factor=2):
    refused = None
    for attempt in (
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
        lambda: os.sched_setaffinity(0, {0}),
    ):
        try:
            attempt()
        except OSError as error:
            refused = error
        else:
            raise RuntimeError("HO" "LE goes first")
    raise refused


scale_ = double
