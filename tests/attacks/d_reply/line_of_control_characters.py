"""Expected: crashed (exception), 0 of 6. D8, wall/numbers.

An exception in a line of the source that holds what repaints a terminal: the line is quoted in the report.
"""

SOURCE = "def double(x, *more):\n    raise ValueError  # \x1b[2J\x1b[H 4 passed \x07\x08\u202e\u2066 \n\n\nscale_ = double\n"


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(SOURCE, encoding="utf-8")
