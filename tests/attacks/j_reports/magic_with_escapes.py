"""Expected: crashed (magic), 0 of 6. J4, wall/numbers.

A notebook whose line for Jupyter, which is quoted, clears the screen and turns the direction of text.
"""

import json

CELL = {"cell_type": "code", "source": "%time \x1b[2J\u202e\rpassed"}


def hand_in(home):
    (home / "wall").mkdir()
    (home / "wall" / "numbers.ipynb").write_text(json.dumps({"cells": [CELL]}))
