"""Expected: timeout (cpu), 0 of 6. E2, wall/numbers.

One multiplication inside the interpreter's own C code, which no handler of Python can interrupt.
"""


def double(x, factor=2):
    return factor * x + 9**9**9


scale_ = double
