"""Why a check failed: on 170 and more wrong submissions that were written without a look at suites or misconceptions.

``goldens/diagnosis.csv`` holds every diagnosis that these get, each judged by a reader of the code: *right* when it
names the mistake, *true* when it is so but does not help to find it, *wrong* when it misleads. A diagnosis that nobody
has judged yet fails the test.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from grader.diagnosis import diagnose
from grader.examiner import Examiner
from grader.exercise import Course
from grader.replay import converse
from grader.result import Outcome
from grader.signatures import Diagnosis

HERE = Path(__file__).parent
COURSE = Course.open(HERE.parent)
GOLDEN = HERE / "goldens" / "diagnosis.csv"
EXERCISES = sorted({f"{path.parent.parent.name}/{path.parent.name}" for path in HERE.glob("mistakes/*/*/*.py")})


def explain_or_raise(examiner: Any, ended: Any) -> dict[str, Diagnosis]:
    """What an examiner does, but an error of ours is one: in grading it only costs the diagnosis."""
    traces = {name: end.trace for name, end in ended.items()}
    return diagnose(traces, examiner._misconceptions, examiner._oracle)


def judged() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def diagnoses(name: str) -> dict[tuple[str, str], str]:
    """For each submission and each diagnosis that it gets, the words."""
    found: dict[tuple[str, str], str] = {}
    exercise = COURSE.exercise(name)
    with Examiner(exercise, "gradstep") as examiner:
        for path in sorted((HERE / "mistakes" / name).glob("*.py")):
            verdicts = examiner.examine(converse(exercise, path.read_text()), lambda line: f"line {line}")
            assert any(verdict.outcome is not Outcome.PASSED for verdict in verdicts), path
            for verdict in verdicts:
                if verdict.outcome is not Outcome.PASSED and verdict.feedback:
                    found.setdefault((path.stem, verdict.diagnosis or f"({verdict.cause})"), verdict.feedback)
    return found


@pytest.mark.filterwarnings("ignore")  # of the students' own making
@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_diagnosis_has_been_judged(exercise: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Examiner, "_explain", explain_or_raise)
    known = {(row["submission"], row["diagnosis"]): row["words"] for row in judged() if row["exercise"] == exercise}

    assert diagnoses(exercise) == known


def test_nothing_that_is_said_is_wrong() -> None:
    judgements: dict[str, set[str]] = defaultdict(set)
    for row in judged():
        judgements[f"{row['exercise']}/{row['submission']}"].add(row["judgement"])

    right = [name for name, found in judgements.items() if "right" in found]
    wrong = [name for name, found in judgements.items() if "wrong" in found]

    assert {judgement for found in judgements.values() for judgement in found} <= {"right", "true", "wrong"}
    assert len(judgements) >= 150
    assert wrong == []
    assert len(right) >= 0.7 * len(judgements)


def test_the_tally_counts_each_submission_once() -> None:
    command = [sys.executable, str(HERE.parent / "benchmarks" / "diagnosis.py")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    tallies = re.findall(r"(\w+): +(\d+) right, +(\d+) silent, +(\d+) wrong, of (\d+)", printed)
    held_out = len(list(HERE.glob("mistakes/*/*/held_out_*.py")))
    tuned = len(list(HERE.glob("mistakes/*/*/*.py"))) - held_out
    assert [(title, int(of)) for title, *_, of in tallies] == [("tuned", tuned), ("out", held_out)]
    assert all(int(right) + int(silent) + int(wrong) == int(of) for _, right, silent, wrong, of in tallies)
