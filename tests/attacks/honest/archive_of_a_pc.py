"""Expected: passed, 6 of 6. honest, wall/numbers.

A packer of Windows, which writes its own strokes into paths and its own flags; the archive has the student's name.
"""

import shutil
import zipfile

WORK = "def double(x):\r\n    return 2 * x\r\n\r\n\r\ndef scale_(x, factor):\r\n    x.mul_(factor)\r\n"


def hand_in(home):
    with zipfile.ZipFile(home.with_name(f"{home.name}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        file = zipfile.ZipInfo("X")
        file.filename, file.create_system, file.external_attr = "Homework: week 3\\wall\\numbers.py", 0, 0x20
        archive.writestr(file, "\ufeff" + WORK)
    shutil.rmtree(home)
