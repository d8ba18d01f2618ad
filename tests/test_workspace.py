"""A student's working folder: work is never overwritten, progress is remembered, errors say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.exercise import Course, CourseError
from grader.result import Outcome, Provenance, Result, Verdict
from grader.workspace import STATE, Workspace, WorkspaceError, duration, exercise_called, exercises_called

from .conftest import REPOSITORY

NAME = "loss/cross_entropy"


@pytest.fixture
def course() -> Course:
    return Course.open(REPOSITORY)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, "ada", None)


def ended(source: str, *scores: float) -> Result:
    verdicts = tuple(Verdict(str(n), "", 1, Outcome.PASSED, score) for n, score in enumerate(scores))
    return Result("", NAME, verdicts, Provenance(source, "", "", "cpu", (), {}))


def test_start_copies_what_students_get(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise(NAME)

    copied = {one.path.name: one.how for one in workspace.start(exercise, course)}

    assert copied == dict.fromkeys(("README.md", "cross_entropy.py", "hints.md", "test_public.py"), "new")
    assert workspace.file(exercise).read_text() == (REPOSITORY / f"exercises/{NAME}/cross_entropy.py").read_text()
    assert workspace.is_unstarted(exercise, course)


def test_work_is_never_overwritten_and_what_is_untouched_is_brought_up_to_date(
    workspace: Workspace, course: Course
) -> None:
    exercise = course.exercise(NAME)
    workspace.start(exercise, course)
    own = workspace.file(exercise)
    own.write_text("# mine\n")
    statement = workspace.folder(exercise) / "README.md"
    statement.write_text("an older statement\n")
    workspace.progress[NAME].files["README.md"] = _hash("an older statement\n")

    copied = {one.path.name: one.how for one in workspace.start(exercise, course)}

    assert (copied["cross_entropy.py"], copied["README.md"]) == ("kept", "updated")
    assert own.read_text() == "# mine\n"
    assert statement.read_text() == (REPOSITORY / f"exercises/{NAME}/README.md").read_text()
    assert not workspace.is_unstarted(exercise, course)


def _hash(text: str) -> str:
    from grader.workspace import hash_of

    return hash_of(text.encode())


def test_a_newer_course_is_noticed(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise(NAME)
    workspace.start(exercise, course)
    workspace.progress[NAME].files["test_public.py"] = "another"

    assert workspace.outdated(exercise, course) == ["test_public.py"]


def test_a_notebook_instead(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise(NAME)

    workspace.start(exercise, course, notebook=True)
    workspace.start(exercise, course)  # once begun in a notebook, it stays one

    assert workspace.file(exercise).name == "cross_entropy.ipynb"
    assert not (workspace.folder(exercise) / "cross_entropy.py").exists()


def test_begin_anew_keeps_the_old_file(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise(NAME)
    workspace.start(exercise, course)
    for number in (1, 2):
        workspace.file(exercise).write_text(f"# try {number}\n")
        kept = workspace.reset(exercise, course)
        assert kept.read_text() == f"# try {number}\n"
        assert workspace.is_unstarted(exercise, course)
    assert sorted(path.name for path in kept.parent.glob("*.old*")) == [
        "cross_entropy.py.old1",
        "cross_entropy.py.old2",
    ]


def test_progress_is_remembered(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise(NAME)
    workspace.start(exercise, course)
    workspace.note_check(exercise, ended("first", 1, 0))
    workspace.note_check(exercise, ended("first", 1, 0))  # the same file again is no new attempt
    workspace.note_check(exercise, ended("second", 1, 1))
    workspace.save()

    again = Workspace.find(workspace.folder(exercise))

    progress = again.progress[NAME]
    assert (progress.attempts, progress.points, progress.of, progress.solved) == (2, 2, 2, True)
    assert progress.best_seconds is not None
    assert (again.student, again.current) == ("ada", NAME)


def test_next_comes_after_what_is_solved(workspace: Workspace, course: Course) -> None:
    def following() -> str:
        exercise = workspace.next_of(course)
        return exercise.name if exercise else ""

    assert following() == course.exercises[0].name
    for _ in course.exercises:
        assert all(workspace.progress[name].solved for name in course.exercise(following()).after)
        workspace.progress_in(course.exercise(following())).solved = True
    assert following() == ""


def test_next_of_a_track_stays_in_it(workspace: Workspace, course: Course) -> None:
    losses = exercises_called(course, "loss", workspace.root)

    assert workspace.next_of(course) not in losses
    assert workspace.next_of(course, losses) in losses


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"schema": 1}',
        '{"schema": 99}',
        '{"schema": 1, "student": "a", "course": null, "current": "", "exercises": [1]}',
    ],
)
def test_a_state_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / STATE).write_text(text)

    with pytest.raises(WorkspaceError, match=r"gradstep\.json"):
        Workspace.find(tmp_path)
    assert (tmp_path / STATE).read_text() == text


def test_unknown_fields_of_a_newer_version_are_left_out(tmp_path: Path) -> None:
    state = {
        "schema": 1,
        "student": "ada",
        "course": None,
        "current": "",
        "exercises": {NAME: {"attempts": 3, "new": 1}},
    }
    (tmp_path / STATE).write_text(json.dumps(state))

    assert Workspace.find(tmp_path).progress[NAME].attempts == 3


def test_no_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="gradstep start all"):
        Workspace.find(tmp_path)


def test_a_course_that_has_moved(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="--course DIR"):
        Workspace(tmp_path, "ada", str(tmp_path / "gone")).course()


def test_a_renamed_and_a_missing_file_are_told(workspace: Workspace, course: Course) -> None:
    exercise = course.exercise(NAME)
    with pytest.raises(WorkspaceError, match="not started yet"):
        workspace.file(exercise)
    workspace.start(exercise, course)
    workspace.file(exercise).rename(workspace.folder(exercise) / "solution.py")
    with pytest.raises(WorkspaceError, match=r"Found: solution\.py\. Was it renamed\?"):
        workspace.file(exercise)


@pytest.mark.parametrize(
    "words",
    [NAME, "cross_entropy", "loss/cross_entropy.py", "loss/cross_entropy/cross_entropy.py", "loss/cross_entropy/"],
)
def test_ways_to_name_an_exercise(course: Course, tmp_path: Path, words: str) -> None:
    assert exercise_called(course, words, tmp_path).name == NAME


def test_names_that_mean_several_or_none(course: Course, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="may be forward/linear or backward/linear"):
        exercise_called(course, "linear", tmp_path)
    with pytest.raises(CourseError, match="There is no exercise 'nothing'"):
        exercise_called(course, "nothing", tmp_path)
    assert {e.track for e in exercises_called(course, "loss", tmp_path)} == {"loss"}
    assert len(exercises_called(course, "all", tmp_path)) == len(course.exercises)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "3 s"), (59, "59 s"), (60, "1 min"), (5400, "2 h"), (3600, "1 h"), (86400, "24 h"), (200000, "2 days")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words
