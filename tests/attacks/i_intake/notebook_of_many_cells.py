"""Expected: crashed (notebook), 0 of 6. I4, wall/numbers.

A hundred thousand cells with one sign each.
"""

import json


def hand_in(home):
    cells = [{"cell_type": "code", "source": "1"}] * 10**5
    (home / "wall").mkdir()
    (home / "wall" / "numbers.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}))
