"""Expected: crashed (exception), 0 of 6. F6, wall/numbers.

Lifts its limits on memory, CPU time, files and threads, by the usual call and by the one that names a process.
"""

import os
import resource as r


def double(x):
    for limit in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_NOFILE, r.RLIMIT_NPROC, r.RLIMIT_FSIZE, r.RLIMIT_CORE):
        hard = r.getrlimit(limit)[1]
        if hard == r.RLIM_INFINITY:
            raise RuntimeError("HO" f"LE limit {limit} is none")
        more = hard + 1, hard + 1
        for ask in (lambda: r.setrlimit(limit, more), lambda: r.prlimit(os.getpid(), limit, more)):
            try:
                ask()
            except (ValueError, PermissionError) as error:
                refused = error
            else:
                raise RuntimeError("HO" f"LE limit {limit} was raised to {more}")
    raise refused


scale_ = double
