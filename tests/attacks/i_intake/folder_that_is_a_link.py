"""Expected: crashed (file), 0 of 6. I2, wall/numbers.

The folder of the track leads to a neighbour's: the file in it is a plain one.
"""


def hand_in(home):
    (home / "wall").symlink_to("../honest-plain/wall")
