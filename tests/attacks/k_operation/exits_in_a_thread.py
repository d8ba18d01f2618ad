"""Expected: crashed (exit), 0 of 6. K5, wall/numbers.

A thread ends the process with success while the function still computes.
"""

import os
import threading
import time


def double(x, factor=2):
    threading.Thread(target=os._exit, args=(0,)).start()
    time.sleep(60)


scale_ = double
