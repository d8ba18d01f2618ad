"""One submission, one result; and the repository's own course on everything its folders hold."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import grader as package
from grader.devices import DeviceMissing
from grader.exercise import Course, Exercise
from grader.grading import Grader, Settings, grade
from grader.intake import collect
from grader.result import Outcome
from grader.submission import Refusal, Submission

from .conftest import REPOSITORY

COURSE = Course.open(REPOSITORY)


def variants(folder: str) -> list[tuple[Exercise, Path]]:
    return [
        (exercise, path) for exercise in COURSE.exercises for path in sorted(exercise.folder.glob(f"{folder}/*.py"))
    ]


def name(value: object) -> str | None:
    return value.stem if isinstance(value, Path) else value.name if isinstance(value, Exercise) else None


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=name)
def test_the_reference_gets_full_marks_and_the_template_none(grader: Grader, exercise: Exercise) -> None:
    reference = grader.grade(Submission("ada", exercise.name, exercise.code.read_text()))
    template = REPOSITORY / "exercises" / exercise.name / exercise.code.name
    untouched = grader.grade(Submission("alan", exercise.name, template.read_text()))

    assert (reference.score, reference.outcome) == (reference.max_score, Outcome.PASSED)
    assert (untouched.score, untouched.cause) == (0, "not written")


@pytest.mark.parametrize(("exercise", "path"), variants("alternatives"), ids=name)
def test_an_alternative_gets_full_marks(grader: Grader, exercise: Exercise, path: Path) -> None:
    result = grader.grade(Submission("grace", exercise.name, path.read_text()))

    assert result.score == result.max_score, result.feedback


@pytest.mark.parametrize(("exercise", "path"), variants("misconceptions"), ids=name)
def test_a_misconception_costs_points(grader: Grader, exercise: Exercise, path: Path) -> None:
    result = grader.grade(Submission("bob", exercise.name, path.read_text()))

    assert result.score is not None
    assert result.score < result.max_score
    assert result.outcome in (Outcome.FAILED, Outcome.CRASHED)


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=name)
def test_an_exercise_is_complete(exercise: Exercise) -> None:
    for part in ("README.md", "hints.md", "test_public.py", "test_hidden.py", "exercise.toml"):
        assert (exercise.folder / part).read_text().strip(), part
    assert len(list(exercise.folder.glob("misconceptions/*.py"))) >= 2
    assert list(exercise.folder.glob("alternatives/*.py"))


def test_provenance(grader: Grader) -> None:
    result = grader.grade(Submission("ada", "loss/cross_entropy", "x = 1\n"))

    provenance = result.provenance
    assert len(provenance.submission) == len(provenance.suite) == 64
    assert provenance.isolation == tuple(layer.name for layer in grader.sandbox.layers if layer.on)
    assert set(provenance.versions) == {"gradstep", "python", "torch", "platform"}
    assert COURSE.seed() not in provenance.seed


def test_a_refused_submission_is_not_run(grader: Grader) -> None:
    missing = grader.grade(Submission("a", "loss/cross_entropy", None, Refusal("missing", "Nothing was handed in.")))
    binary = grader.grade(Submission("a", "loss/cross_entropy", None, Refusal("encoding", "Not UTF-8.")))

    assert (missing.score, missing.outcome, missing.cause) == (0, Outcome.BLOCKED, "missing")
    assert (binary.score, binary.outcome, binary.feedback) == (0, Outcome.CRASHED, "Not UTF-8.")


def test_a_killed_zygote_costs_nobody_anything(write_exercise: Callable[..., Path]) -> None:
    code = "import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x\n"
    with Grader(Settings(write_exercise())) as grader:
        victim = grader.sandbox.pid
        killer = threading.Timer(0.3, os.kill, (victim, signal.SIGKILL))
        killer.start()
        result = grader.grade(Submission("ada", "toy/double", code))
        killer.join()

        assert (result.score, result.outcome) == (3, Outcome.PASSED)
        assert grader.sandbox.pid != victim


def test_a_sandbox_that_never_comes_back_is_our_fault(
    write_exercise: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Grader(Settings(write_exercise())) as grader:
        os.kill(grader.sandbox.pid, signal.SIGKILL)
        while grader.sandbox.alive:
            time.sleep(0.01)
        monkeypatch.setattr("grader.sandbox.sys.executable", "/bin/false")
        result = grader.grade(Submission("ada", "toy/double", "def double(x):\n    return 2 * x\n"))

    assert (result.score, result.outcome, result.cause) == (None, Outcome.BROKEN, "grader")
    assert "through no fault of the code" in result.feedback


def test_code_that_gets_its_worker_killed_every_time_is_the_codes_doing(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = grader.sandbox.worker

    def doomed(limits: object) -> object:
        link = worker(limits)  # type: ignore[arg-type]
        link._ends.kill()
        return link

    monkeypatch.setattr(grader.sandbox, "worker", doomed)
    result = grader.grade(Submission("ada", "loss/cross_entropy", "x = 1\n"))

    assert (result.score, result.outcome, result.cause) == (0, Outcome.CRASHED, "killed")


def test_the_python_face(tmp_path: Path, write_exercise: Callable[..., Path]) -> None:
    """From a path and from text, with a course of one's own that lies anywhere."""
    course = write_exercise()
    path = tmp_path / "double.py"
    path.write_text("def double(x):\n    return 2 * x\n")

    assert package.grade is grade
    assert grade(path, "toy/double", course=course).score == 3
    assert grade("def double(x):\n    return x\n", "toy/double", course=course, isolation="none").score == 0


def test_cuda_is_refused_with_the_next_step() -> None:
    with pytest.raises(DeviceMissing, match="--device cpu"):
        Grader(Settings(REPOSITORY, device="cuda"))


QUADRUPLE = '''
    """Four times."""

    def quadruple(double, x):
        ### BEGIN SOLUTION
        return double(double(x))
        ### END SOLUTION
'''
BUILDS_ON = {
    "name": "toy/quadruple",
    "code": QUADRUPLE,
    "exercise__toml": 'title = "Four"\nstep = "forward pass"\nuses = ["toy/double"]\n',
    "probes__py": '''
        def run(student, x):
            """quadruple with the student's own double, if that is right for 2, else with one that stands in."""
            own = earlier("toy/double")
            double = own.double if own is not None and own.double(2) == 4 else lambda x: x + x
            return student.quadruple(double, x)
    ''',
    "suite": '''
        def test_it(student):
            """Four times three."""
            assert student.run("run", 3) == 12
    ''',
}


@pytest.mark.parametrize(
    ("double", "words"),
    [
        ("def double(x):\n    if x == 6: raise ValueError('mine')\n    return 2 * x\n", "ValueError: mine"),
        ("def double(x):\n    return 3 * x\n", ""),
        ("def double(x:\n", ""),
        (None, ""),
    ],
    ids=["own", "wrong", "cannot be loaded", "not handed in"],
)
def test_an_exercise_builds_on_the_students_own_earlier_code(
    write_exercise: Callable[..., Path], tmp_path: Path, double: str | None, words: str
) -> None:
    write_exercise()
    course = Course.open(write_exercise(**BUILDS_ON))
    ada = tmp_path / "class" / "ada" / "toy"
    ada.mkdir(parents=True)
    (ada / "quadruple.py").write_text("def quadruple(double, x):\n    return double(double(x))\n")
    if double is not None:
        (ada / "double.py").write_text(double)

    uses = {exercise.name: exercise.uses for exercise in course.exercises}
    (submission,) = collect(tmp_path / "class", list(uses), ["toy/quadruple"], uses=uses).submissions
    with Grader(Settings(course.root, isolation="none")) as grader:
        result = grader.grade(submission)

    assert words in result.feedback and (result.score == 0) == bool(words)
    alone = replace(submission, earlier=()).digest
    assert (result.provenance.submission == alone) == (double is None)  # another double, another result
