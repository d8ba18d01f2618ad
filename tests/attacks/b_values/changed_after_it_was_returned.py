"""Expected: failed (value), 0 of 6. B10, wall/numbers.

Returns zeros at once and lets a thread write the right numbers into their memory a moment later.
"""

import threading
import time

import torch


def double(x):
    result = torch.zeros_like(x)

    def write():
        time.sleep(0.05)
        result.copy_(2 * x)

    threading.Thread(target=write).start()
    return result


def scale_(x, factor):
    threading.Thread(target=lambda: (time.sleep(0.05), x.mul_(factor))).start()
