"""The commands as a person meets them: what they print, their exit codes, their errors."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import REPOSITORY

GRADSTEP = [sys.executable, str(REPOSITORY / "cli.py")]


def gradstep(*arguments: object, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*GRADSTEP, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, timeout=300)


def test_help_lists_the_commands() -> None:
    done = gradstep("--help")

    assert done.returncode == 0
    assert all(f"  {command} " in done.stdout for command in ("grade", "new", "audit", "measure", "release", "doctor"))
    assert gradstep("--version").stdout.startswith("gradstep ")


def test_a_course_of_ones_own(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    """Written from scratch in another folder, graded with --course, nothing edited anywhere else."""
    course = write_exercise()
    for student, factor in (("ada", 2), ("bob", 3)):
        path = tmp_path / f"class/{student}/toy/double.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"def double(x):\n    return {factor} * x\n")

    done = gradstep("grade", tmp_path / "class", "--course", course, "--out", tmp_path / "out", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/scores.csv").read_text() == "student,toy/double,total\nada,3,3\nbob,0,0\n"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "results",
        "scores.csv",
        "checks.csv",
        "mistakes.csv",
        "gradebook.db",
    }
    assert "  bob  toy/double: The result has the right form, but its numbers are not right." in done.stdout


def test_a_broken_suite_has_no_score_and_exit_code_1(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    course = write_exercise(suite="def test_it(student):\n    '''It.'''\n    assert student.double(1) == 5\n")
    path = tmp_path / "class/ada/toy/double.py"
    path.parent.mkdir(parents=True)
    path.write_text("def double(x):\n    return 2 * x\n")

    done = gradstep("grade", tmp_path / "class", "--course", course, "--out", tmp_path / "out")

    assert done.returncode == 1
    assert (tmp_path / "out/scores.csv").read_text() == "student,toy/double,total\nada,,\n"
    assert "the reference does not pass it" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade", "no/such/folder"], "no/such/folder is no folder: expected <student>/<track>/<name>.py in it."),
        (["grade", "."], "Nothing to grade in .: expected files such as <student>/forward/linear.py."),
        (["grade", "examples/class", "--exercise", "a/b"], "There is no exercise 'a/b'"),
        (["grade", "examples/class", "--course", "docs"], "is no course: expected a folder solutions/"),
        (["grade", "examples/class", "--device", "cuda"], "Suites cannot run on a GPU here"),
        (["grade", "examples/class", "--jobs", "0"], "0 is not in the range x>=1"),
        (["release", "a/b"], "There is no exercise 'a/b'"),
        (["grade"], "Missing argument 'SUBMISSIONS'"),
    ],
)
def test_wrong_usage_says_what_was_expected(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = gradstep(*arguments, *(["--out", tmp_path] if arguments[0] == "grade" else []))

    assert done.returncode == 2
    assert words in " ".join(done.stderr.split()), done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_does_not_repaint_the_terminal(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "class/m\x1b[31mal/toy/double.py"
    path.parent.mkdir(parents=True)
    path.write_text("")
    path.with_name("dou\x07ble.py").write_text("")

    done = gradstep("grade", tmp_path / "class", "--course", write_exercise(), "--out", tmp_path / "out")

    assert done.returncode == 0
    assert "m\\x1b[31mal" in done.stdout
    assert "dou\\x07ble.py belongs to no exercise" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_nobody_adds_lines_to_the_report(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "class/mal\nforged/toy/double.py"
    path.parent.mkdir(parents=True)
    path.write_text("def double(x):\n    raise RuntimeError('one\\nforged: all passed')\n")
    stray = tmp_path / "strays/ada/file\nforged.py"
    stray.parent.mkdir(parents=True)
    stray.write_text("")

    done = gradstep("grade", tmp_path / "class", "--course", write_exercise(), "--out", tmp_path / "out")
    wrong = gradstep("grade", tmp_path / "strays", "--course", write_exercise(), "--out", tmp_path / "no")

    assert done.returncode == 0
    assert "RuntimeError: one forged: all passed (line 2:" in done.stdout
    assert wrong.returncode == 2
    assert r"file\nforged.py belongs to no exercise" in " ".join(wrong.stderr.split())
    assert not any(line.lstrip().startswith("forged") for line in (done.stdout + wrong.stderr).splitlines())


def test_a_name_stays_as_it_is_on_a_terminal_with_colours(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "class/m\x1b]0;al\x07/toy/double.py"
    path.parent.mkdir(parents=True)
    path.write_text("")
    command = [*GRADSTEP, "grade", tmp_path / "class", "--course", write_exercise(), "--out", tmp_path / "out"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | {"FORCE_COLOR": "1"})

    assert done.returncode == 0
    assert "\x1b]0;" not in done.stdout + done.stderr  # the bar of progress is on stderr


def test_an_output_folder_that_cannot_be_written_is_named(write_exercise: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "class/ada/toy/double.py"
    path.parent.mkdir(parents=True)
    path.write_text("")

    done = gradstep("grade", tmp_path / "class", "--course", write_exercise(), "--out", tmp_path / "file")

    assert done.returncode == 1
    assert f"{tmp_path}/file" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_tells_each_layer() -> None:
    done = gradstep("doctor")

    assert done.returncode == 0
    for layer in ("view", "uid", "namespaces", "scratch", "environment", "rlimits", "landlock", "seccomp"):
        assert any(line.split()[1:2] == [layer] for line in done.stdout.splitlines()), layer
    assert "No confinement" in gradstep("doctor", "--isolation", "none").stdout
