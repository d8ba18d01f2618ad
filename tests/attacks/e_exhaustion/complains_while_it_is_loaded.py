"""Expected: crashed (output), 0 of 6. E10, wall/numbers.

Floods standard error before there is any function to call.
"""

import os

while True:
    os.write(2, b"\x1b[31mwarning\x07" * 80_000)
