"""Submissions by people who knew the statement, the template and the public checks, and never a hidden suite.

``tests/fresh/<track>/<name>/wrong_*.py`` break a sentence of the statement each, ``right_*.py`` keep them all. The
first line of each says how. What slipped through at first stands in ``tests/fresh/README.md``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.exercise import Course
from grader.grading import Grader
from grader.result import Outcome
from grader.submission import Submission

from .conftest import REPOSITORY

FRESH = Path(__file__).parent / "fresh"
EXERCISES = [exercise.name for exercise in Course.open(REPOSITORY).exercises]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_wrong_ones_lose_points_and_right_ones_none(grader: Grader, exercise: str) -> None:
    found = {}
    for path in sorted((FRESH / exercise).glob("*.py")):
        result = grader.grade(Submission("ada", exercise, path.read_text()))
        assert all(check.outcome is not Outcome.BROKEN for check in result.checks)
        found[path.stem] = result.score == result.max_score

    assert len([name for name in found if name.startswith("wrong_")]) >= 5
    assert len([name for name in found if name.startswith("right_")]) >= 2
    assert {name: full for name, full in found.items() if full != name.startswith("right_")} == {}
