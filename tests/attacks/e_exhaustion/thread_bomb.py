"""Expected: crashed (exception), 0 of 6. E8, wall/numbers.

Five hundred threads that are cheap, for their stacks are small, and stay asleep.
"""

import threading
import time


def double(x, factor=2):
    threading.stack_size(2**16)
    for _ in range(500):
        threading.Thread(target=time.sleep, args=(10,), daemon=True).start()
    raise RuntimeError("HO" "LE has 500 threads")


scale_ = double
