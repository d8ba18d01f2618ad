"""Expected: failed (value), 1 of 6. I7, wall/numbers.

A wrong file and a right notebook for one exercise: which counts must not be a matter of luck. It leaves a note.
"""

import json

WORK = "def double(x):\n    return {} * x\n\n\ndef scale_(x, factor):\n    x.mul_(factor)\n"


def hand_in(home):
    cells = [{"cell_type": "code", "source": WORK.format(2), "metadata": {}}]
    (home / "wall").mkdir()
    (home / "wall" / "numbers.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}))
    (home / "wall" / "numbers.py").write_text(WORK.format(3))
