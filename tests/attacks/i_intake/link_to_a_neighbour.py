"""Expected: crashed (file), 0 of 6. I2, wall/numbers.

In place of the file a link to the same file of somebody who did the work.
"""


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.py").symlink_to("../../honest-plain/wall/numbers.py")
