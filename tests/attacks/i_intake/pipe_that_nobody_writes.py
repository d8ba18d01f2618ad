"""Expected: crashed (file), 0 of 6. I2, wall/numbers.

A named pipe in place of the file: to open it means to wait for somebody.
"""

import os


def hand_in(home):
    (home / "wall").mkdir()
    os.mkfifo(home / "wall" / "numbers.py")
