"""What self-checks compare with: answers of the course's own variants, and no code of theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import recorded
from grader.exercise import Course, CourseError, Exercise
from grader.result import Outcome

PUBLIC = """
    import torch
    from grader.testing import assert_close

    def test_three(student):
        \"\"\"Of three numbers.\"\"\"
        assert_close(student.double(torch.ones(3)), torch.full((3,), 2.0))
"""
TRIPLED = '"""Three times, not twice."""\ndef double(x):\n    return 3 * x\n'


@pytest.fixture
def exercise(write_exercise: Callable[..., Path]) -> Exercise:
    course = write_exercise(test_public__py=PUBLIC)
    folder = course / "solutions/toy/double/misconceptions"
    folder.mkdir()
    (folder / "tripled.py").write_text(TRIPLED)
    return Course.open(course).exercise("toy/double")


def test_answers_are_recorded_and_read(exercise: Exercise, tmp_path: Path) -> None:
    (tmp_path / recorded.FILE).write_text(recorded.record(exercise))

    known = recorded.read(tmp_path, exercise)

    assert known is not None
    (tripled,) = known.misconceptions
    assert (tripled.name, tripled.words) == ("tripled", "Three times, not twice.")
    trace = tripled.trace("test_three")
    assert trace.outcome is Outcome.FAILED
    assert trace.exchanges and trace.exchanges[0].value.tolist() == [3.0] * 3
    assert known.oracle.exchanges("test_three", "test_three")[0].value.tolist() == [2.0] * 3
    assert list(known.oracle.bind("call", "double", [1], {})) == ["x"]


def test_no_code_is_recorded(exercise: Exercise) -> None:
    text = recorded.record(exercise)

    assert "return" not in text and "def " not in text
    for packed in (*json.loads(text)["misconceptions"].values(), json.loads(text)["reference"]):
        assert "return" not in str(recorded._unpacked(packed))


def test_it_is_made_anew_only_when_something_has_changed(exercise: Exercise) -> None:
    text = recorded.record(exercise)
    marked = text.replace('"reference": "', '"reference": "elsewhere')

    assert recorded.record(exercise, marked) == marked
    (exercise.folder / "misconceptions/tripled.py").write_text(TRIPLED.replace("3", "4"))
    assert recorded.record(exercise, marked) not in (text, marked)


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"misconceptions": {"a": "b"}, "reference": "x"}', "[]", '{"misconceptions": {}, "reference": ""}'],
)
def test_a_file_that_cannot_be_read_is_no_knowledge(exercise: Exercise, tmp_path: Path, text: str) -> None:
    (tmp_path / recorded.FILE).write_text(text)

    assert recorded.read(tmp_path, exercise) is None
    assert recorded.read(tmp_path / "nowhere", exercise) is None


def test_public_data_must_be_small(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "MAX_BYTES", 100)

    with pytest.raises(CourseError, match="make the data of public checks smaller"):
        recorded.record(exercise)
