"""Expected: blocked (missing), 0 of 6. I3, wall/numbers.

An archive in an archive in an archive; how deep it goes is for the one who opens them to find out.
"""

import io
import zipfile


def hand_in(home):
    name, content = "wall/numbers.py", b"def double(x):\n    return 2 * x\n"
    for level in range(30):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, content)
        name, content = f"work{level}.zip", buffer.getvalue()
    (home / "work.zip").write_bytes(content)
