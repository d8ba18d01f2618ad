"""Expected: crashed (exit), 0 of 6. F10, wall/numbers.

Leaves a note in every folder that it may write and ends its process; whoever comes next looks for the note.
"""

import os
from pathlib import Path

PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/scratch", "/run", os.path.expanduser("~"), "@HOME@", "@RESULTS@", ".")
NOTES = [Path(place) / "hole-note" for place in PLACES]


def double(x):
    if found := [note for note in NOTES if note.exists()]:
        for note in found:
            note.unlink()
        NOTES.clear()
        raise RuntimeError("HO" f"LE {found[0]} was still there")
    for note in NOTES:
        try:
            note.write_text("twice the argument")
        except OSError:
            pass
    os._exit(0)


scale_ = double
