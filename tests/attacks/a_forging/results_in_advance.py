"""Expected: crashed (exception), 0 of 6. A11, wall/numbers.

Writes its own result where results are stored, and takes everybody's right to write there.
"""

import os


def double(x):
    path = "@RESULTS@/results/attacker/wall/numbers.json"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write('{"outcome": "passed", "score": 6}')
    os.unlink(path)
    raise RuntimeError("HO" "LE a result was written")


def scale_(x, factor):
    os.chmod("@RESULTS@", 0o500)
    os.chmod("@RESULTS@", 0o700)
    raise RuntimeError("HO" "LE the results were closed")
