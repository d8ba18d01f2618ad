"""Expected: blocked (missing), 0 of 6. I7, wall/numbers.

File names of bytes that are no UTF-8: to be told of them, a result has to be able to hold them.
"""

import os


def hand_in(home):
    for name in (b"numbers\xff.py", b"work\xfe.tar", b"\xed\xa0\x80.ipynb"):
        (home / os.fsdecode(name)).write_text("")
