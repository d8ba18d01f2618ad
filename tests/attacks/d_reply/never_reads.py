"""Expected: timeout (wall), 0 of 6. D6, wall/numbers.

Stops reading, so that a grader that only writes would wait for ever.
"""

import time


def double(x):
    time.sleep(1000)


def scale_(x, factor):
    time.sleep(1000)
