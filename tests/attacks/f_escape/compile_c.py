"""Expected: crashed (exception), 0 of 6. F2, wall/numbers.

Has a compiler build a program, wherever one is found.
"""

import subprocess


def double(x):
    for compiler in ("cc", "gcc", "/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"):
        try:
            done = subprocess.run([compiler, "--version"], capture_output=True)
            raise RuntimeError("HO" f"LE {done.stdout[:80]}")
        except FileNotFoundError:
            continue
    raise FileNotFoundError("no compiler is in sight")


scale_ = double
