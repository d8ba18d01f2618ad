"""Expected: crashed (archive), 0 of 6. I3, wall/numbers.

Many names in the index of an archive, and one piece of bytes that all of them unpack again.
"""

import io
import zipfile


def hand_in(home):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("wall/numbers.py", b"#" * 10**6)
        first = archive.infolist()[0]
        for number in range(500):
            again = zipfile.ZipInfo(f"{number}/wall/numbers.py")
            again.CRC, again.file_size, again.compress_type = first.CRC, first.file_size, first.compress_type
            again.compress_size, again.header_offset = first.compress_size, 0
            archive.filelist.append(again)
        archive._didModify = True
    (home / "work.zip").write_bytes(buffer.getvalue())
