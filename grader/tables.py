"""Results → tables, students × exercises and a row a check: ``scores.csv`` and ``checks.csv``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.result import Result, Verdict, load, write_atomically

if TYPE_CHECKING:
    from pandas import DataFrame

_CHECK_COLUMNS = ["student", "exercise", "check", "title", "points", "score", "outcome", "cause", "feedback"]


def read_results(folder: Path) -> list[Result]:
    """Every ``results/<student>/<track>/<name>.json`` below ``folder``, by student, then exercise.

    Raises ValueError, naming the file, for one that holds no result.
    """
    return _in_order([load(path) for path in folder.glob("results/*/*/*.json")])


def _in_order(results: list[Result]) -> list[Result]:
    return sorted(results, key=lambda result: (result.student, result.exercise))


def scores_table(results: list[Result], exercises: list[str]) -> DataFrame:
    """A row a student, a column an exercise, and "total".

    A broken or missing result is an empty cell, and so is the total beside it: a sum that leaves out what nobody
    knows looks like a grade.
    """
    import pandas as pd

    scores = {(result.student, result.exercise): result.score for result in results}
    students = sorted({result.student for result in results})
    cells = [[scores.get((student, exercise)) for exercise in exercises] for student in students]
    index = pd.Index(students, name="student", dtype=object)
    table = pd.DataFrame(cells, index=index, columns=exercises, dtype=float)
    table["total"] = table.sum(axis=1, skipna=False)
    return table


def checks_table(results: list[Result]) -> DataFrame:
    """A row a check, by student, then exercise, then as the suite orders them. The score of a broken one is empty.

    It holds no times: grading again gives the same table.
    """
    import pandas as pd

    rows = [_check_row(result, check) for result in _in_order(results) for check in result.checks]
    return pd.DataFrame(rows, columns=_CHECK_COLUMNS).astype({"points": float, "score": float})


def _check_row(result: Result, check: Verdict) -> tuple[Any, ...]:
    outcome = check.outcome.value
    graded = (check.points, check.score, outcome, check.cause, check.feedback)
    return result.student, result.exercise, check.name, check.title, *graded


def write_tables(results: list[Result], exercises: list[str], folder: Path) -> None:
    """Write ``scores.csv`` and ``checks.csv`` into ``folder``: the same bytes for the same results."""
    write_atomically(folder / "scores.csv", _csv(scores_table(results, exercises), index=True))
    checks = checks_table(results)
    checks["feedback"] = [_for_a_cell(text) for text in checks["feedback"]]
    write_atomically(folder / "checks.csv", _csv(checks, index=False))


def _csv(table: DataFrame, *, index: bool) -> str:
    # %g writes 3 for 3.0; its six digits would spoil large totals, and ten still hide what adding up 0.1s leaves.
    return table.to_csv(index=index, lineterminator="\n", float_format="%.10g")


def _for_a_cell(text: str) -> str:
    """``text`` without what would end a row early or start a formula.

    Feedback quotes exceptions of the student's, whose names and words are the student's to choose.
    """
    text = re.sub(r"\r\n?", "\n", text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
