"""Self-checks: the public suite on a student's file, on a warm worker and on a plain one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.checking import Checked, Checker
from grader.exercise import Course
from grader.result import Outcome

from .conftest import REPOSITORY

NAME = "loss/cross_entropy"
RIGHT = """
import torch
def cross_entropy(input, target):
    print("shape", *input.shape)
    return (torch.logsumexp(input, 1) - input[torch.arange(len(input)), target]).mean()
"""
SUMMED = RIGHT.replace("mean", "sum")


@pytest.fixture(scope="module", params=["warm", "portable"])
def checker(request: pytest.FixtureRequest) -> Iterator[Checker]:
    with Checker(Course.open(REPOSITORY), portable=request.param == "portable") as checker:
        yield checker


def check(checker: Checker, folder: Path, source: str, name: str = NAME) -> Checked:
    path = folder / f"{name.rpartition('/')[2]}.py"
    path.write_text(source)
    return checker.check(checker.course.exercise(name), path)


def test_a_right_file(checker: Checker, tmp_path: Path) -> None:
    checked = check(checker, tmp_path, RIGHT)

    assert (checked.result.score, checked.result.max_score) == (3, 3)
    assert checked.printed.splitlines() == ["shape 2 2", "shape 4 7", "shape 1 2"]


def test_a_mistake_is_named_and_the_numbers_are_shown(checker: Checker, tmp_path: Path) -> None:
    first = check(checker, tmp_path, SUMMED).result.checks[0]

    assert first.outcome is Outcome.FAILED
    assert "Found 0.980829, expected 0.490415." in first.feedback
    assert first.diagnosis == "sum_not_mean"
    assert first.feedback.endswith(first.explanation)


def test_again_and_again_on_one_checker(checker: Checker, tmp_path: Path) -> None:
    scores = [check(checker, tmp_path, source).result.score for source in (RIGHT, SUMMED, "x = (", RIGHT)]

    assert scores == [3, 1, 0, 3]


def test_a_crash_and_its_line(checker: Checker, tmp_path: Path) -> None:
    words = check(checker, tmp_path, "def cross_entropy(input, target):\n    return input.nothing\n").result.feedback

    assert "AttributeError" in words and "line 2: `return input.nothing`" in words


def test_what_takes_too_long_is_stopped(checker: Checker, tmp_path: Path) -> None:
    result = check(checker, tmp_path, "def cross_entropy(input, target):\n    while True: pass\n").result

    assert result.outcome is Outcome.TIMEOUT
    assert check(checker, tmp_path, RIGHT).result.score == 3


def test_memory_is_bounded(checker: Checker, tmp_path: Path) -> None:
    source = "import torch\ndef cross_entropy(input, target):\n    return torch.zeros(5 * 10**8).sum()\n"  # 2 GB

    assert check(checker, tmp_path, source).result.checks[0].cause == "memory"


def test_forbidden_names_are_told(checker: Checker, tmp_path: Path) -> None:
    source = (
        "import torch.nn.functional as F\ndef cross_entropy(input, target):\n    return F.cross_entropy(input, target)"
    )

    result = check(checker, tmp_path, source).result

    assert result.score == 0
    assert "may not be used in this exercise (line 3" in result.feedback


def test_a_file_that_cannot_be_read_as_text(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "cross_entropy.py"
    path.write_bytes(b"\xff\xfe")

    assert "UTF-8" in checker.check(checker.course.exercise(NAME), path).result.feedback


@pytest.mark.parametrize(
    ("checker", "name"),
    [("warm", exercise.name) for exercise in Course.open(REPOSITORY).exercises]
    # a process and an import of PyTorch for each check: some must do
    + [("portable", name) for name in ("forward/linear", "autograd/scalar_engine", "loop/train", "converge/pizza")],
    indirect=["checker"],
)
def test_references_pass_and_templates_do_not(checker: Checker, name: str) -> None:
    exercise = checker.course.exercise(name)
    template = REPOSITORY / "exercises" / name / exercise.code.name

    assert checker.check(exercise, exercise.code).result.outcome is Outcome.PASSED
    assert checker.check(exercise, template).result.score == 0


def test_no_process_stays(tmp_path: Path) -> None:
    for portable in (False, True):
        before = children()
        with Checker(Course.open(REPOSITORY), portable=portable) as checker:
            check(checker, tmp_path, RIGHT)
            assert children() - before
        assert not children() - before


def children() -> set[str]:
    """Of all threads: a sandbox is started in another one."""
    return {pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()}


def test_parts_of_ones_own_are_at_work_and_those_that_stand_in_are_named(tmp_path: Path) -> None:
    course = Course.open(REPOSITORY)
    for name in ("forward/conv2d", "loss/cross_entropy", "converge/pizza"):
        exercise = course.exercise(name)
        path = tmp_path / name / exercise.code.name
        path.parent.mkdir(parents=True)
        path.write_text(exercise.code.read_text())
    (tmp_path / "loss/cross_entropy/cross_entropy.py").write_text(SUMMED)

    with Checker(course) as checker:
        checked = checker.check(course.exercise("converge/pizza"), path)

    assert checked.result.score == checked.result.max_score
    assert "Parts of your own: conv2d. PyTorch stands in for: relu (not at hand)" in checked.printed
    assert "cross_entropy (yours gives other numbers)" in checked.printed
    assert "sgd_step (not at hand)" in checked.printed
