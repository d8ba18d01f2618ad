"""Expected: passed, 6 of 6. honest, wall/numbers.

The Finder packs the folder that the work lies in, and beside every file what it knows about it.
"""

import zipfile

WORK = "def double(x):\n    return 2 * x\n\n\ndef scale_(x, factor):\n    x.mul_(factor)\n"


def hand_in(home):
    with zipfile.ZipFile(home / "Archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("My work/", "My work/.DS_Store", "__MACOSX/My work/._.DS_Store", "My work/wall/"):
            archive.writestr(name, b"")
        archive.writestr("My work/wall/numbers.py", WORK)
        archive.writestr("__MACOSX/My work/wall/._numbers.py", b"\x00\x05\x16\x07\x00\x02")
        archive.writestr("My work/wall/__pycache__/numbers.cpython-311.pyc", b"\xa7\r\r\n")
