"""Expected: crashed (archive), 0 of 6. I7, wall/numbers.

Nearly two thousand versions with long names. Which of them counts, and how long is the list of them?
"""

import zipfile


def hand_in(home):
    with zipfile.ZipFile(home / "work.zip", "w") as archive:
        for number in range(1900):
            archive.writestr(f"{'version' * 25}{number}/wall/numbers.py", "")
