"""Expected: crashed (file), 0 of 6. I2, wall/numbers.

Who reads this file to its end never comes back.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").symlink_to("/dev/zero")
