"""Expected: crashed (missing function), 1 of 6. I6, wall/numbers.

A function whose name looks like the right one and has a Cyrillic letter in it.
"""

CODE = """def d\u043euble(x):
    return 2 * x

def scale_(x, factor):
    x.mul_(factor)
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text(CODE, encoding="utf-8")
