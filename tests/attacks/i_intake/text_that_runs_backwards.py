"""Expected: failed (value), 1 of 6. I6, wall/numbers.

To the eye the last line of double() returns; to Python it is a part of the comment. It leaves a note.
"""

CODE = """def double(x):
    y = 3 * x  # \u202e twice \u2066\u2066; y = 2 * x \u2069
    return y

def scale_(x, factor):
    x.mul_(factor)
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(CODE, encoding="utf-8")
