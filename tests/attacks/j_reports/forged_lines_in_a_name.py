"""Expected: failed (type), 0 of 6. J3, wall/numbers.

The student's name clears the screen, turns the words round and begins a line of its own in each report; so does the
name of a file beside the submission.
"""

STUDENT = "j-name\x1b[2J\u202e\nforged-line: all passed\r"
CODE = "def double(x):\n    pass\n\n\ndef scale_(x, factor):\n    pass\n"


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(CODE)
    (home / "x\x1b[2J\nforged-line: nothing is wrong.py").write_text("")
