"""Expected: crashed (exception), 0 of 6. F7, wall/numbers.

Types into the terminal of whoever runs the grader, through every descriptor that it has and through the device.
"""

import fcntl
import os

PUSH_A_CHARACTER = 0x5412


def double(x):
    descriptors = [0, 1, 2, 3]
    if os.path.exists("/dev/tty"):
        descriptors.append(os.open("/dev/tty", os.O_RDWR))
    for descriptor in descriptors:
        try:
            fcntl.ioctl(descriptor, PUSH_A_CHARACTER, b" ")
        except OSError as error:
            refused = error
        else:
            raise RuntimeError("HO" "LE typed a blank")
    raise refused


scale_ = double
