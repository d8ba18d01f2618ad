"""Expected: crashed (encoding), 0 of 6. I6, wall/numbers.

The right program in UTF-16, as some editors save it.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text("def double(x):\n    return 2 * x\n", encoding="utf-16")
