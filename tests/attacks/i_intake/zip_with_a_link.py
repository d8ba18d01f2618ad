"""Expected: crashed (archive), 0 of 6. I2, wall/numbers.

A member of an archive that is a symbolic link to the work of somebody who did it.
"""

import stat
import zipfile


def hand_in(home):
    link = zipfile.ZipInfo("wall/numbers.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(home / "work.zip", "w") as archive:
        archive.writestr(link, "../../honest-plain/wall/numbers.py")
