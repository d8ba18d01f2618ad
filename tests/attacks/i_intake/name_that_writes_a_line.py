"""Expected: blocked (missing), 0 of 6. I7, wall/numbers.

A file name of several lines: one of them would stand in the instructor's terminal like a line of the grader's.
"""


def hand_in(home):
    (home / "x\nmallory  has full marks\n.py").write_text("")
    (home / "y\r\x1b[2J\x1b]0;mallory\x07.py").write_text("")
