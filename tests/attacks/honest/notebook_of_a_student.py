"""Expected: passed, 6 of 6. honest, wall/numbers.

A notebook as it is after an evening: words, outputs, an error of before, an empty cell, a picture, a try or two.
"""

import json


def hand_in(home):
    error = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": ["\x1b[0;31mNameError\x1b[0m"]}
    picture = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" * 10**5}, "metadata": {}}
    code = [
        ["import torch\r\n", "\r\n", "print('% and ! may stand in a line')\n"],
        "def double(x):\n    return x * 3",
        ["def double(x):\n", "    \"\"\"100 % right.\"\"\"\n", "    return 2 * x"],
        [],
        "def scale_(x, factor):\n    x.mul_(factor)\n",
        "double(torch.ones(3))",
    ]
    cells = [{"cell_type": "markdown", "source": "# Numbers\n!important", "metadata": {}, "attachments": {}}]
    for source in code:
        cells.append({"cell_type": "code", "source": source, "outputs": [error, picture], "metadata": {}, "id": "a1"})
    (home / "wall").mkdir()
    notebook = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3"}}}
    (home / "wall" / "numbers.ipynb").write_text(json.dumps(notebook, indent=1))
