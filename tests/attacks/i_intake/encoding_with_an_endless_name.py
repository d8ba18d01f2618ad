"""Expected: crashed (encoding), 0 of 6. I6, wall/numbers.

Declares an encoding whose name has a million letters: whoever repeats it to the student writes a long letter.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(f"# coding: {'x' * 10**6}\n")
