"""Expected: crashed (archive), 0 of 6. I2, wall/numbers.

A member of an archive that says it is a device with endless zeros.
"""

import stat
import zipfile


def hand_in(home):
    device = zipfile.ZipInfo("wall/numbers.py")
    device.external_attr = (stat.S_IFCHR | 0o666) << 16
    with zipfile.ZipFile(home / "work.zip", "w") as archive:
        archive.writestr(device, "")
