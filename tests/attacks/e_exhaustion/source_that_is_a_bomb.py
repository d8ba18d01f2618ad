"""Expected: crashed (memory), 0 of 6. E13, wall/numbers.

A file of half a megabyte whose one expression is deeper than any parser likes.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text("x = " + "-" * 500_000 + "1\n")
