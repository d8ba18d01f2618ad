"""Expected: passed, 6 of 6. I2, wall/numbers.

A hard link is the file itself, and no reader can tell it from one; to make it needs the neighbour's folder. Whoever
looks at hashes sees it in the results: both are the same.
"""

import os


def hand_in(home):
    original = home.parent / "i-neighbour_of_a_link" / "wall" / "numbers.py"
    original.parent.mkdir(parents=True)
    original.write_text("def double(x):\n    return 2 * x\n\n\ndef scale_(x, factor):\n    x.mul_(factor)\n")
    (home / "wall").mkdir()
    os.link(original, home / "wall" / "numbers.py")
