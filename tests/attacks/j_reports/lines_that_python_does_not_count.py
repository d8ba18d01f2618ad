"""Expected: crashed (exception), 0 of 6. J4, wall/numbers.

Form feeds and separators that end a line for some programs and none for Python stand before and in the line that
raises: what is quoted must be that line, and one line.
"""

ENDS = "\x0c \x0b \x1c \x85 \u2028 \u2029"
CODE = f"""# {ENDS}
'{ENDS}'
def double(x):
    raise RuntimeError("this line {ENDS}")

scale_ = double
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(CODE, encoding="utf-8", newline="")
