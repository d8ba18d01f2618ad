"""Expected: crashed (archive), 0 of 6. I1, wall/numbers.

An archive that says from the root on where its file belongs.
"""

import zipfile


def hand_in(home):
    with zipfile.ZipFile(home / "work.zip", "w") as archive:
        archive.writestr("/tmp/hole_from_an_archive/wall/numbers.py", "def double(x):\n    return 2 * x\n")
