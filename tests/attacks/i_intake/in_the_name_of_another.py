"""Expected: blocked (missing), 0 of 6. I8, wall/numbers.

Files that say they are from somebody else: by their folder, by their name, by what stands in them.
"""

WORK = "student = 'honest-plain'\n\n\ndef double(x):\n    raise RuntimeError('HO' 'LE in another name')\n"


def hand_in(home):
    for name in ("honest-plain/wall/numbers.py", "wall/numbers_honest-plain_12345.py", "submissions/honest-plain.py"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(WORK)
