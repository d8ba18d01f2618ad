"""Expected: crashed (archive), 0 of 6. I1, wall/numbers.

An archive whose paths climb out: to a neighbour's folder, and to the folder of results.
"""

import zipfile

WORK = "def double(x):\n    raise RuntimeError('HO' 'LE written over')\n"


def hand_in(home):
    with zipfile.ZipFile(home / "work.zip", "w") as archive:
        for name in ("../honest-plain/wall/numbers.py", "../../grades/results/honest-plain/wall/numbers.json"):
            archive.writestr(name, WORK)
