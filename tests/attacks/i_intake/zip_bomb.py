"""Expected: crashed (size), 0 of 6. I3, wall/numbers.

A hundred kilobytes that become a hundred megabytes.
"""

import zipfile


def hand_in(home):
    with zipfile.ZipFile(home / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("wall/numbers.py", "w", force_zip64=True) as member:
            for _ in range(100):
                member.write(b"\n" * 2**20)
