"""Expected: blocked (missing), 0 of 6. I2, wall/numbers.

A tar archive with a link in it, whose filters have been passed before. Archives of this kind stay closed.
"""

import io
import tarfile


def hand_in(home):
    with tarfile.open(home / "work.tar.gz", "w:gz") as archive:
        link = tarfile.TarInfo("wall")
        link.type, link.linkname = tarfile.SYMTYPE, "../honest-plain/wall"
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("wall/numbers.py"), io.BytesIO())
