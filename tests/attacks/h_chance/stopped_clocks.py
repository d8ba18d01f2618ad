"""Expected: timeout (cpu), 0 of 6. H4, wall/numbers.

Stops all clocks that Python knows, so that no time passes, and then computes for ever.
"""

import os
import resource
import time

for clock in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "clock_gettime"):
    setattr(time, clock, lambda *_: 0.0)
    setattr(time, clock + "_ns", lambda *_: 0)
os.times = lambda: os.times_result((0.0,) * 5)
resource.getrusage = lambda who: resource.struct_rusage((0,) * 16)


def double(x):
    while time.time() < 1:
        pass
    return x + x


scale_ = double
