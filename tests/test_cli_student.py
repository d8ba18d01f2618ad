"""The student's commands as a person meets them: start, check, hint, next, list, status, solution."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise import Course

from .conftest import REPOSITORY
from .test_cli import GRADSTEP, gradstep

NAME = "loss/cross_entropy"
EXAMPLES = REPOSITORY / "examples/class"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with everything started."""
    done = gradstep("start", "all", "--as", "ada", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def hand(folder: Path, student: str, name: str = NAME) -> Path:
    """What a student of the demo class wrote."""
    target = folder / name / f"{Path(name).name}.py"
    shutil.copy(EXAMPLES / student / f"{name}.py", target)
    return target


def test_start_says_what_it_did_and_what_comes_next(tmp_path: Path) -> None:
    done = gradstep("start", NAME, cwd=tmp_path)

    assert f"{NAME} in {tmp_path}: 4 files new." in done.stdout
    assert "Next: read loss/cross_entropy/README.md" in done.stdout
    assert "gradstep check --watch" in done.stdout
    assert (tmp_path / NAME / "cross_entropy.py").exists()


def test_start_again_leaves_work_alone(folder: Path) -> None:
    hand(folder, "ada")

    done = gradstep("start", "all", cwd=folder)

    assert "yours, and left as it is: loss/cross_entropy/cross_entropy.py" in done.stdout
    assert (folder / NAME / "cross_entropy.py").read_text() == (EXAMPLES / f"ada/{NAME}.py").read_text()


def test_start_again_from_the_template(folder: Path) -> None:
    hand(folder, "ada")

    done = gradstep("start", NAME, "--again", cwd=folder)

    assert "what you had is in loss/cross_entropy/cross_entropy.py.old1" in done.stdout
    assert "YOUR CODE HERE" in (folder / NAME / "cross_entropy.py").read_text()


def test_start_inside_a_course_is_refused() -> None:
    done = gradstep("start", cwd=REPOSITORY)

    assert done.returncode == 2
    assert "is a course, not a place to work in" in done.stderr
    assert not (REPOSITORY / "gradstep.json").exists()


def test_a_template_reads_as_not_begun(folder: Path) -> None:
    done = gradstep("check", NAME, cwd=folder)

    assert done.returncode == 1
    assert "Not begun: loss/cross_entropy/cross_entropy.py is still the template" in " ".join(done.stdout.split())
    assert "NotImplementedError" not in done.stdout


def test_the_first_failure_is_told_in_full_and_why(folder: Path) -> None:
    hand(folder, "radia")

    done = gradstep("check", "cross_entropy", cwd=folder)

    words = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert "✗ The example from the statement. 0 of 1" in words
    assert "Found 0.980829, expected 0.490415. The losses of the samples are added up, not averaged" in words
    assert words.count("are added up") == 1
    assert "1 of 3 points" in words and "Hidden checks come with grading." in words


def test_from_wrong_to_right_and_on(folder: Path) -> None:
    hand(folder, "radia")
    gradstep("check", NAME, cwd=folder)
    hand(folder, "ada")

    done = gradstep("check", cwd=folder / NAME)  # the folder says which

    assert done.returncode == 0
    assert "All public checks pass. Grading runs hidden checks as well." in " ".join(done.stdout.split())
    status = gradstep("status", cwd=folder).stdout
    exercises = len(Course.open(REPOSITORY).exercises)
    assert f"1 of {exercises} solved" in status and "3 of 3" in status
    assert "forward/linear: Linear layer" in gradstep("next", cwd=folder).stdout
    assert "✓" in gradstep("list", cwd=folder).stdout


def test_check_as_json(folder: Path) -> None:
    hand(folder, "radia")

    done = gradstep("check", NAME, "--json", cwd=folder)

    result = json.loads(done.stdout)
    assert (result["score"], result["max_score"], len(result["checks"])) == (1, 3, 3)


def test_a_file_outside_of_any_working_folder(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / f"ada/{NAME}.py", tmp_path)

    assert gradstep("check", "cross_entropy.py", cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["cross_entropy.py"]


def test_what_the_code_prints_is_shown(folder: Path) -> None:
    (folder / NAME / "cross_entropy.py").write_text(
        "def cross_entropy(input, target):\n    print('here', input.shape)\n"
    )

    done = gradstep("check", NAME, cwd=folder)

    assert "Your code printed:" in done.stdout
    assert "here torch.Size([2, 2])" in done.stdout


def test_hints_come_one_at_a_time(folder: Path) -> None:
    said = [gradstep("hint", NAME, cwd=folder).stdout for _ in range(3)]

    assert ["hint 1 of 3" in said[0], "hint 2 of 3" in said[1], "hint 3 of 3" in said[2]] == [True] * 3
    assert "That was the last one." in said[2]
    assert "That was" not in said[0]
    again = gradstep("hint", NAME, "--again", cwd=folder).stdout
    assert all(f"hint {number} of 3" in again for number in (1, 2, 3))


def test_a_course_that_shows_solutions_shows_them_to_who_has_solved(
    write_exercise: Callable[..., Path], tmp_path: Path
) -> None:
    public = 'def test_it(student):\n    """It."""\n    assert student.double(2) == 4\n'
    course = write_exercise(test_public__py=public, README__md="# Doubling\n")
    (course / "course.toml").write_text("show_solutions = true\n")
    gradstep("release", "--course", course)
    work = tmp_path / "work"
    work.mkdir()
    gradstep("start", "all", "--course", course, cwd=work)

    early = gradstep("solution", "double", cwd=work)
    (work / "toy/double/double.py").write_text("def double(x):\n    return x + x\n")
    checked = gradstep("check", "double", cwd=work)
    late = gradstep("solution", "double", cwd=work)

    assert "First solve toy/double" in early.stderr
    assert not (work / "toy/double/solution.py").exists()
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "return 2 * x" in late.stdout and "SOLUTION" not in late.stdout


def test_our_course_shows_none(folder: Path) -> None:
    assert "This course shows no solutions" in gradstep("solution", NAME, cwd=folder).stderr


# Clumsy acts


def test_in_the_wrong_folder(tmp_path: Path) -> None:
    for command in ("check", "hint", "next", "status"):
        done = gradstep(command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "is no working folder" in done.stderr and "gradstep start all" in done.stderr


def test_a_renamed_file(folder: Path) -> None:
    path = folder / NAME / "cross_entropy.py"
    path.rename(path.with_name("my_loss.py"))

    assert "Found: my_loss.py. Was it renamed?" in gradstep("check", NAME, cwd=folder).stderr


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def cross_entropy(input, target):\n    x = 1\n\treturn x\n", "inconsistent use of tabs and spaces"),
        ("import torch\n", "cross_entropy"),
        ("def cross_entropy(input, tar", "was never closed"),
        ("", "cross_entropy"),
    ],
    ids=["tabs", "deleted function", "half saved", "empty"],
)
def test_a_file_that_cannot_run(folder: Path, source: str, words: str) -> None:
    (folder / NAME / "cross_entropy.py").write_text(source)

    done = gradstep("check", NAME, cwd=folder)

    assert (done.returncode, done.stderr) == (1, "")
    assert words in done.stdout and "Traceback" not in done.stdout
    assert "The checks could not run." in done.stdout


def test_no_permission_to_write(tmp_path: Path) -> None:
    (tmp_path / "closed").write_text("a file where a folder is wanted")

    done = gradstep("start", "all", tmp_path / "closed" / "below", cwd=tmp_path)

    assert done.returncode != 0
    assert "Error: " in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_disk(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small], check=True)
    try:
        done = gradstep("start", "all", cwd=small)
        left = [path for path in small.rglob(".*") if path.is_file()]
    finally:
        subprocess.run(["umount", small], check=True)

    assert done.returncode == 1
    assert str(small) in done.stderr and "No space left on device. Make room and run it again" in done.stderr
    assert "Traceback" not in done.stderr
    assert left == []


def test_ctrl_c_in_the_middle_of_a_check(folder: Path) -> None:
    begun = folder / "begun"
    endless = f"    open({str(begun)!r}, 'w').close()\n    while True: pass\n"
    (folder / NAME / "cross_entropy.py").write_text(f"def cross_entropy(input, target):\n{endless}")
    process = subprocess.Popen(
        [*GRADSTEP, "check", NAME], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not begun.exists():
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    output, error = process.communicate(timeout=30)

    assert process.returncode == 130
    assert error.strip() == "Stopped." and "Traceback" not in output


def test_an_old_course_version(folder: Path) -> None:
    state = json.loads((folder / "gradstep.json").read_text())
    state["exercises"][NAME]["files"]["test_public.py"] = "older"
    (folder / "gradstep.json").write_text(json.dumps(state))
    hand(folder, "ada")

    done = gradstep("check", NAME, cwd=folder)

    assert done.returncode == 0
    assert "The course has a newer test_public.py than this folder." in " ".join(done.stdout.split())


def test_no_such_device(folder: Path) -> None:
    hand(folder, "ada")

    done = gradstep("check", NAME, "--device", "cuda", cwd=folder)

    assert done.returncode == 2
    assert "Use --device cpu" in done.stderr or "with --device cpu" in done.stderr


def test_no_torch_installed(folder: Path) -> None:
    hand(folder, "ada")
    code = "import sys; sys.modules['torch'] = None; from grader.cli import main; main(prog_name='gradstep')"
    command = [sys.executable, "-c", code, "check", NAME]

    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "needs the package torch" in done.stderr and "pip install torch" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["list", "status", "hint", "next"])
def test_what_needs_no_torch_does_without(folder: Path, command: str) -> None:
    code = (
        "import sys\n"
        "for name in ('torch', 'pandas', 'nbgrader', 'numpy'): sys.modules[name] = None\n"
        "from grader.cli import main; main(prog_name='gradstep')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command], cwd=folder, env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
