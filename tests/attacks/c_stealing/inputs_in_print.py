"""Expected: passed, 6 of 6. C7, wall/numbers.

Prints what it is given, and a word that is looked for afterwards, on every stream that it finds.
"""

import os
import sys


def double(x):
    words = f"canary-of-a-{'neighbour'}-92d0 {x}\n"
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        print(words, file=stream, flush=True)
    os.write(1, words.encode())
    os.write(2, words.encode())
    return 2 * x


def scale_(x, factor):
    x.mul_(factor)
