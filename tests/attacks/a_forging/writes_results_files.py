"""Expected: crashed (exception), 0 of 6. A11, wall/numbers.

Writes its own result, where results are and where other graders want them.
"""

import json
import os


def double(x):
    text = json.dumps({"schema": 1, "score": 6, "tests": [{"score": 6, "max_score": 6}]})
    for path in ("@RESULTS@/results/a-writes_results_files/wall/numbers.json", "/autograder/results/results.json"):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
    raise RuntimeError("HO" "LE wrote a result")


scale_ = lambda x, factor: double(x)
