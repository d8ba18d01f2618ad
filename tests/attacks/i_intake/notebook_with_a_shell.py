"""Expected: crashed (magic), 0 of 6. I5, wall/numbers.

A line for the shell; a kernel would run it.
"""

import json


def hand_in(home):
    source = "!touch /tmp/hole_from_a_notebook\ndef double(x):\n    return 2 * x"
    cells = [{"cell_type": "code", "source": source, "metadata": {}}]
    (home / "wall").mkdir()
    (home / "wall" / "numbers.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}))
