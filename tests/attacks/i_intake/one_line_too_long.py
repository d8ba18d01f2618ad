"""Expected: crashed (size), 0 of 6. I9, wall/numbers.

A right solution and a last line of more than a megabyte.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").write_text("def double(x):\n    return 2 * x\n#" + "x" * 2**20)
