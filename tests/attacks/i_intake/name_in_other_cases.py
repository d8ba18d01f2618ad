"""Expected: blocked (missing), 0 of 6. I7, wall/numbers.

Three names that some file systems and some eyes take for the right one.
"""

WORK = "def double(x):\n    return 2 * x\n"


def hand_in(home):
    for name in ("Wall/Numbers.py", "wall/NUMBERS.PY", "wall/\uff4eumbers.py", "wall/numbers (1).py"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(WORK)
