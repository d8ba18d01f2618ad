"""A new exercise: a folder that audits as unfinished, and as nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader import scaffolding
from grader.audit import audit
from grader.exercise import Course, CourseError
from grader.release import release
from grader.scaffolding import new_exercise


def test_a_new_exercise_lacks_only_what_must_be_written(tmp_path: Path) -> None:
    new_exercise(tmp_path / "mine", "loss/huber")
    course = Course.open(tmp_path / "mine")
    release(course)

    found = audit(course, course.exercise("loss/huber"))

    unwritten = [fault for fault in found.faults if "still to be written" in fault]
    assert len(unwritten) == 6  # every file that says TODO
    others = [fault.partition(" holds")[0] for fault in found.faults if fault not in unwritten]
    assert others == ["alternatives/", "misconceptions/"]
    assert found.survivors == []


def test_a_course_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text('title = "Mine"\n')

    new_exercise(tmp_path, "forward/relu")
    new_exercise(tmp_path, "backward/relu")

    assert (tmp_path / "course.toml").read_text() == 'title = "Mine"\n'
    steps = {exercise.name: exercise.step for exercise in Course.open(tmp_path).exercises}
    assert steps == {"forward/relu": "forward pass", "backward/relu": "backward pass"}


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    new_exercise(tmp_path, "loss/huber")
    code = tmp_path / "solutions/loss/huber/huber.py"
    code.write_text("mine")

    with pytest.raises(CourseError, match="exists already: nothing was written"):
        new_exercise(tmp_path, "loss/huber")

    assert code.read_text() == "mine"


KILLED = """
import os, sys
from pathlib import Path
from grader import scaffolding

write, calls = scaffolding.write_atomically, []

def write_and_die(path, text):
    write(path, text)
    calls.append(path)
    if len(calls) == int(sys.argv[2]):
        os.kill(os.getpid(), 9)

scaffolding.write_atomically = write_and_die
scaffolding.new_exercise(Path(sys.argv[1]), "loss/huber")
"""


@pytest.mark.parametrize("after", [1, 2, 7])
def test_what_was_killed_midway_can_be_done_again(tmp_path: Path, after: int) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(after)])
    assert done.returncode == -9

    new_exercise(tmp_path, "loss/huber")

    assert [exercise.name for exercise in Course.open(tmp_path).exercises] == ["loss/huber"]
    assert (tmp_path / "solutions/loss/huber/misconceptions").is_dir()


def test_what_fails_midway_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "course.toml").write_text('title = "Mine"\n')

    def fail(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scaffolding, "write_atomically", fail)
    with pytest.raises(OSError, match="No space left"):
        new_exercise(tmp_path, "loss/huber")

    assert list((tmp_path / "solutions/loss").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["huber", "loss/", "/huber", "Loss/huber", "loss/class", "loss/hu-ber", "a/b/c", "../x"]
)
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CourseError, match="is no name for an exercise: expected track/name"):
        new_exercise(tmp_path, name)

    assert list(tmp_path.iterdir()) == []
