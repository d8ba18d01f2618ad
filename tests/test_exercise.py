"""A course read from folders, and the words for what is not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise import STEPS, Course, CourseError, built_in_course

from .conftest import REPOSITORY


def test_the_built_in_course() -> None:
    course = Course.open(built_in_course())

    assert {exercise.step for exercise in course.exercises} == set(STEPS)  # one for each step of training, at least
    names = [exercise.name for exercise in course.exercises]
    for exercise in course.exercises:
        assert all(names.index(before) < names.index(exercise.name) for before in exercise.after)


def test_a_folder_is_an_exercise(write_exercise: Callable[..., Path]) -> None:
    write_exercise(name="toy/double")
    root = write_exercise(name="toy/again")
    (root / "course.toml").write_text('title = "Mine"\ntracks = ["toy"]\n')

    course = Course.open(root)

    assert course.title == "Mine"
    assert [exercise.name for exercise in course.exercises] == ["toy/again", "toy/double"]
    assert course.exercise("toy/double").limits == {"cpu_seconds": 1, "total_cpu_seconds": 2, "memory_mb": 1024}


def test_what_comes_after_stands_after(write_exercise: Callable[..., Path]) -> None:
    toml = 'title = "T"\nstep = "forward pass"\nafter = ["toy/z"]\n'
    write_exercise(name="toy/a", exercise__toml=toml)

    course = Course.open(write_exercise(name="toy/z"))

    assert [exercise.name for exercise in course.exercises] == ["toy/z", "toy/a"]


def test_the_seed(write_exercise: Callable[..., Path]) -> None:
    root = write_exercise()
    assert Course.open(root).seed() == "gradstep"
    (root / "solutions" / "seed").write_text("secret\n")
    assert Course.open(root).seed() == "secret"


def test_the_fingerprint_is_of_what_a_score_depends_on(write_exercise: Callable[..., Path]) -> None:
    root = write_exercise()
    exercise = Course.open(root).exercise("toy/double")
    before = exercise.fingerprint()

    (exercise.folder / "README.md").write_text("words")
    assert exercise.fingerprint() == before
    (exercise.folder / "probes.py").write_text("x = 1")
    assert exercise.fingerprint() != before


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('title = "T"\n', 'expected step = "…"'),
        ('title = "T"\nstep = "sideways"\n', "step is 'sideways', expected one of: forward pass, loss calculation"),
        ('title = "T"\nstep = "forward pass"\npionts = 3\n', "unknown key pionts"),
        ('title = "T"\nstep = "forward pass"\n[limits]\ncpu = 3\n', "unknown limit 'cpu'"),
        (
            'title = "T"\nstep = "forward pass"\n[limits]\ncpu_seconds = 0\n',
            "limit cpu_seconds is 0, expected a number",
        ),
        ('title = "T"\nstep = "forward pass"\nlimits = 3\n', "limits is 3, expected a table"),
        ('points = "3"\ntitle = "T"\nstep = "forward pass"\n', "points is '3', expected a number"),
        ('title = "T"\nstep = "forward pass"\nminutes = "20"\n', "minutes is '20', expected a whole number"),
        ('title = "T"\nstep = "forward pass"\nafter = "toy/z"\n', "after is 'toy/z', expected a list of strings"),
        ('title = "T"\nstep = "forward pass"\nforbid = [3]\n', r"forbid is \[3\], expected a list of names"),
        ("title = ", "is not valid TOML"),
    ],
)
def test_a_wrong_exercise_toml_is_named(write_exercise: Callable[..., Path], toml: str, words: str) -> None:
    with pytest.raises(CourseError, match=r"exercise\.toml.*" + words):
        Course.open(write_exercise(exercise__toml=toml))


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("tracks = 3\n", r"tracks is 3, expected a list of strings: tracks = \["),
        ("title = 3\n", "title is 3, expected title = "),
        ("title = ", "is not valid TOML"),
    ],
)
def test_a_wrong_course_toml_is_named(write_exercise: Callable[..., Path], toml: str, words: str) -> None:
    root = write_exercise()
    (root / "course.toml").write_text(toml)

    with pytest.raises(CourseError, match=r"course\.toml.*" + words):
        Course.open(root)


def test_a_seed_that_is_no_text_is_named(write_exercise: Callable[..., Path]) -> None:
    root = write_exercise()
    (root / "solutions" / "seed").write_bytes(b"\xff")

    with pytest.raises(CourseError, match=r"seed is not text in UTF-8 \(byte 0\)"):
        Course.open(root).seed()


def test_a_byte_order_mark_is_no_part_of_the_text(write_exercise: Callable[..., Path]) -> None:
    bom = "\ufeff"
    root = write_exercise(exercise__toml=f'{bom}title = "T"\nstep = "forward pass"\n', probes__py=f"{bom}x = 1\n")

    exercise = Course.open(root).exercise("toy/double")

    assert (exercise.title, exercise.probes) == ("T", "x = 1\n")


def test_a_circle(write_exercise: Callable[..., Path]) -> None:
    write_exercise(name="toy/a", exercise__toml='title = "T"\nstep = "forward pass"\nafter = ["toy/b"]\n')
    root = write_exercise(name="toy/b", exercise__toml='title = "T"\nstep = "forward pass"\nafter = ["toy/a"]\n')

    with pytest.raises(CourseError, match="in a circle: toy/a → toy/b"):
        Course.open(root)


def test_no_course_and_no_exercise(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is no course: expected a folder solutions/"):
        Course.open(tmp_path)
    with pytest.raises(CourseError, match=r"There is no exercise 'a/b' in .* It has: forward/linear"):
        Course.open(REPOSITORY).exercise("a/b")


def test_a_folder_without_its_code(write_exercise: Callable[..., Path]) -> None:
    root = write_exercise()
    (root / "solutions/toy/double/double.py").unlink()

    with pytest.raises(CourseError, match=r"expected the file double\.py in it"):
        Course.open(root)
