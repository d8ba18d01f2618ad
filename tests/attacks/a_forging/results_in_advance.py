"""Expected: crashed (exception), 0 of 6. A11, wall/numbers.

Writes its own result where results are stored, and takes everybody's right to write there.
"""

import os


def double(x):
    path = "@RESULTS@/results_of_an_attacker.json"
    with open(path, "w") as file:  # a folder of that name in a world of its own would be no hole: none is made
        file.write('{"outcome": "passed", "score": 6}')
    os.unlink(path)
    raise RuntimeError("HO" "LE a result was written")


def scale_(x, factor):
    os.chmod("@RESULTS@", os.stat("@RESULTS@").st_mode & 0o777)  # as it was; any other mode could be set as well
    raise RuntimeError("HO" "LE the results could be closed")
