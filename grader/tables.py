"""Results → tables: students × exercises, a row a check, a row a mistake."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.result import Result, Verdict, load, write_atomically

if TYPE_CHECKING:
    from pandas import DataFrame

_CHECK_COLUMNS = [
    "student", "exercise", "check", "title", "points", "score", "outcome", "cause", "diagnosis", "feedback",
]  # fmt: skip
_MISTAKE_COLUMNS = ["exercise", "diagnosis", "students", "of", "explanation"]


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
    graded = (check.points, check.score, outcome, check.cause, check.diagnosis, check.feedback)
    return result.student, result.exercise, check.name, check.title, *graded


def mistakes_table(results: list[Result]) -> DataFrame:
    """A row a mistake: how many students made it, of how many who handed the exercise in; the most frequent first."""
    import pandas as pd

    who: dict[tuple[str, str], set[str]] = {}
    words: dict[tuple[str, str], str] = {}
    for result in _in_order(results):
        for check in result.checks:
            if check.diagnosis:
                key = result.exercise, check.diagnosis
                who.setdefault(key, set()).add(result.student)
                words[key] = max(words.get(key, ""), check.explanation or check.feedback, key=len)
    handed_in = Counter(result.exercise for result in results if result.cause != "missing")
    rows = [(e, d, len(students), handed_in[e], words[e, d]) for (e, d), students in who.items()]
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return pd.DataFrame(rows, columns=_MISTAKE_COLUMNS)


def write_tables(results: list[Result], exercises: list[str], folder: Path) -> None:
    """Write ``scores.csv``, ``checks.csv``, ``mistakes.csv`` into ``folder``: the same bytes for the same results."""
    write_atomically(folder / "scores.csv", _csv(scores_table(results, exercises), index=True))
    write_atomically(folder / "checks.csv", _csv(checks_table(results), index=False))
    write_atomically(folder / "mistakes.csv", _csv(mistakes_table(results), index=False))


def _csv(table: DataFrame, *, index: bool) -> str:
    table = table.map(_for_a_cell).rename(index=_for_a_cell, columns=_for_a_cell)
    # %g writes 3 for 3.0; its six digits would spoil large totals, and ten still hide what adding up 0.1s leaves.
    return table.to_csv(index=index, lineterminator="\n", float_format="%.10g")


def _for_a_cell(value: Any) -> Any:
    """``value``; if it is text, without what would end a row early or start a formula.

    Names are the students', and feedback quotes what their exceptions are called and say. Where the decimal sign is a
    comma, a spreadsheet takes the semicolon for the separator and no notice of quotes: then cells begin in the middle.
    """
    if not isinstance(value, str):
        return value
    text = re.sub(r"\r\n?", "\n", value)
    return re.sub(r"\A(?=\t)|(?:(?<=;)|^)(?=[=+\-@＝＋－＠])", "'", text, flags=re.MULTILINE)
