"""Expected: crashed (missing function), 0 of 6. I5, wall/numbers.

The metadata of its cells say what they are worth and that nobody may run them; the outputs say that all is right.
"""

import json


def hand_in(home):
    grade = {"grade": True, "grade_id": "double", "points": 6, "score": 6, "locked": True, "solution": False}
    output = {"output_type": "stream", "name": "stdout", "text": "4 passed, 6 of 6"}
    metadata = {"nbgrader": grade, "tags": ["skip-execution", "remove-cell"]}
    cells = [
        {"cell_type": "code", "source": "print('4 passed, 6 of 6')", "metadata": metadata, "outputs": [output]},
        {"cell_type": "markdown", "source": "def double(x):\n    return 2 * x", "metadata": metadata},
    ]
    (home / "wall").mkdir()
    notebook = {"cells": cells, "nbformat": 4, "metadata": {"score": 6, "max_score": 6}}
    (home / "wall" / "numbers.ipynb").write_text(json.dumps(notebook))
