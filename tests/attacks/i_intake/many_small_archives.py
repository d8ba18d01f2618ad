"""Expected: crashed (size), 0 of 6. I3, wall/numbers.

Sixty archives of 40 kilobytes: each of them is within its limit and holds forty megabytes of spaces.
"""

import io
import zipfile


def hand_in(home):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("loss/cross_entropy.ipynb", "optimizer/sgd.ipynb"):
            archive.writestr(name, b" " * (20 * 2**20 - 1))
    for number in range(60):
        (home / f"{number:02}.zip").write_bytes(buffer.getvalue())
