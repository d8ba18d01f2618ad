"""Expected: crashed (archive), 0 of 6. I2, wall/numbers.

A tar archive by the name of a zip: nobody should find out by trying what it is.
"""

import io
import tarfile


def hand_in(home):
    with tarfile.open(home / "work.zip", "w") as archive:
        archive.addfile(tarfile.TarInfo("wall/numbers.py"), io.BytesIO())
