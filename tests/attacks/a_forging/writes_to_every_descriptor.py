"""Expected: crashed (protocol), 0 of 6. A10, wall/numbers.

Looks for a descriptor that leads to results, and tells all of them that it passed.
"""

import os


def double(x):
    for descriptor in range(256):
        try:
            os.write(descriptor, b"check: pass\n6 passed in 0.01s\n")
        except OSError:
            pass
    os._exit(0)


scale_ = lambda x, factor: double(x)
