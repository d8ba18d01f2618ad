"""Expected: crashed (size), 0 of 6. I4, wall/numbers.

A small solution, and a picture in the outputs that is larger than any.
"""

import json


def hand_in(home):
    output = {"output_type": "display_data", "data": {"image/png": "A" * (21 * 2**20)}, "metadata": {}}
    cell = {"cell_type": "code", "source": "def double(x):\n    return 2 * x", "outputs": [output], "metadata": {}}
    (home / "wall").mkdir()
    (home / "wall" / "numbers.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4, "metadata": {}}))
