"""Expected: timeout (cpu), 0 of 6. E13, wall/numbers.

A few lines that the compiler doubles again and again: each cleanup is copied for every way out of its block.
"""

LINES = ["def f():"]
for depth in range(1, 14):
    LINES += [" " * depth + "try: f()", " " * depth + "finally:"]
LINES += [" " * 14 + "pass", ""]
exec(compile("\n".join(LINES) * 500, "bomb", "exec"))


def double(x):
    return 2 * x
