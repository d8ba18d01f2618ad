"""Expected: crashed (file), 0 of 6. I11, wall/numbers.

A package where a file is expected: a folder of the file's name, with code in it.
"""


def hand_in(home):
    package = home / "wall" / "numbers.py"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def double(x):\n    return 2 * x\n")
