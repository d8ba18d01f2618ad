"""Handing in: all or nothing, the newest counts, the grader takes what arrives, a receipt can be verified."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from grader.exercise import Course
from grader.intake import collect
from grader.opening import open_archive
from grader.sandbox import Sandbox
from grader.submitting import EARLIER, Handed, Item, NotDelivered, NotReady, deliver, pack, require_name

from .conftest import REPOSITORY
from .test_cli import gradstep

NAME = "loss/cross_entropy"
RIGHT = (REPOSITORY / f"examples/class/ada/{NAME}.py").read_text()


@pytest.fixture
def course() -> Course:
    return Course.open(REPOSITORY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder in which one exercise is done, beside an empty inbox."""
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "inbox").mkdir()
    assert gradstep("start", "all", "--as", "ada", cwd=work).returncode == 0
    (work / NAME / "cross_entropy.py").write_text(RIGHT)
    return work


def handed(text: str = RIGHT) -> Handed:
    return Handed((Item(NAME, Path("cross_entropy.py"), text.encode()),))


def source_in(inbox: Path, course: Course, sandbox: Sandbox) -> dict[str, str | None]:
    """What the grader takes from an inbox: student → source of the exercise; nothing is left over."""
    names = [exercise.name for exercise in course.exercises]
    intake = collect(inbox, names, [NAME], lambda content, known: open_archive(content, known, sandbox))
    assert intake.strays == ()
    return {submission.student: submission.source for submission in intake.submissions}


# Looked over before anything is sent


def test_what_is_sent_and_what_is_not(folder: Path) -> None:
    done = gradstep("submit", "--to", "../inbox", cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert "loss/cross_entropy       loss/cross_entropy/cross_entropy.py" in done.stdout
    others = [exercise.name for exercise in Course.open(REPOSITORY).exercises if exercise.name != NAME]
    assert f"Not sent, because not begun: {', '.join(others)}\n" in done.stdout
    with zipfile.ZipFile(folder.parent / "inbox/ada.zip") as archive:
        assert archive.namelist() == ["manifest.json", "loss/cross_entropy.py"]
        manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["student"], manifest["course"]) == ("ada", "The training process")
    assert [file["exercise"] for file in manifest["files"]] == [NAME]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x = (", "is not valid Python: '(' was never closed (line 1)"),
        ("import torch\n", "cross_entropy.py has no cross_entropy, which grading asks for"),
        ("def cross_entropy(a, b):\n    return 1\n\tpass\n", "is not valid Python"),
    ],
)
def test_all_problems_are_told_and_nothing_is_sent(folder: Path, source: str, words: str) -> None:
    (folder / NAME / "cross_entropy.py").write_text(source)
    (folder / "forward/linear/linear.py").write_text("def lin():\n    pass\n")

    done = gradstep("submit", "--to", "../inbox", cwd=folder)

    assert done.returncode == 2
    assert words in done.stderr
    assert "forward/linear: linear.py has no linear" in done.stderr
    assert list((folder.parent / "inbox").iterdir()) == []


def test_an_untouched_template_is_not_sent(folder: Path) -> None:
    done = gradstep("submit", "forward/linear", "--to", "../inbox", cwd=folder)

    assert "linear.py is still the template. Write it, or leave it out." in done.stderr


def test_a_dry_run_sends_nothing(folder: Path) -> None:
    done = gradstep("submit", "--to", "../inbox", "--dry-run", cwd=folder)

    assert "Would be sent:" in done.stdout
    assert list((folder.parent / "inbox").iterdir()) == []
    assert not (folder / "receipts").exists()


def test_where_to_is_said_once(folder: Path) -> None:
    assert "where to is not known yet" in gradstep("submit", cwd=folder).stderr
    gradstep("submit", "--to", "../inbox", cwd=folder)
    assert gradstep("submit", cwd=folder).returncode == 0
    assert "is no folder. Nothing was sent." in gradstep("submit", "--to", "../nowhere", cwd=folder).stderr


@pytest.mark.parametrize("name", ["", "a/b", "..", "a\nb", "a:b", ".hidden", "x" * 101, "a\u202eb"])
def test_names_that_name_no_file(name: str) -> None:
    with pytest.raises(NotReady, match="--as NAME"):
        require_name(name)


def test_a_notebook_is_looked_over_too(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    gradstep("start", NAME, "--notebook", "--as", "ada", cwd=tmp_path)
    path = tmp_path / NAME / "cross_entropy.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["source"] = "%matplotlib inline\n" + RIGHT
    path.write_text(json.dumps(notebook))

    refused = gradstep("submit", "--to", "inbox", cwd=tmp_path)
    notebook["cells"][1]["source"] = RIGHT
    path.write_text(json.dumps(notebook))
    taken = gradstep("submit", "--to", "inbox", cwd=tmp_path)

    assert "is for Jupyter, not Python" in refused.stderr
    assert taken.returncode == 0, taken.stderr


# Packed and delivered


def test_the_same_files_give_the_same_bytes(course: Course) -> None:
    one, other, later = (pack("ada", course, handed(), moment) for moment in (1e9, 1e9, 2e9))

    assert one == other != later
    with zipfile.ZipFile(BytesIO(one)) as a, zipfile.ZipFile(BytesIO(later)) as b:
        assert a.read(f"{NAME}.py") == b.read(f"{NAME}.py") == RIGHT.encode()


def test_the_newest_counts_and_the_earlier_is_kept(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        deliver(pack("ada", course, handed(f"{RIGHT}# {number}\n"), number), "ada", tmp_path, number)

    assert source_in(tmp_path, course, sandbox) == {"ada": f"{RIGHT}# 3\n"}
    assert len(list((tmp_path / EARLIER).iterdir())) == 2


def test_a_submit_that_is_killed_leaves_nothing_by_half(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    """Killed before each step of the delivery; either the earlier one counts or the new one, whole."""
    deliver(pack("ada", course, handed("# earlier\n"), 1), "ada", tmp_path, 1)
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from grader.submitting import deliver
        step, inbox = sys.argv[1:]
        def killed(*arguments, **options):
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(os, step, killed)
        deliver(sys.stdin.buffer.read(), "ada", Path(inbox), 2)
        """
    )
    for step in ("fsync", "link", "replace"):
        command = [sys.executable, "-c", script, step, str(tmp_path)]
        content = pack("ada", course, handed("# new\n"), 2)
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
        done = subprocess.run(command, input=content, env=environment, cwd=REPOSITORY)
        assert done.returncode == -signal.SIGKILL
        assert source_in(tmp_path, course, sandbox) == {"ada": "# earlier\n"}
    leftovers = list(tmp_path.glob(".ada.*.part"))
    assert len(leftovers) == 3
    for path in leftovers:
        os.utime(path, (time.time() - 7200,) * 2)

    deliver(pack("ada", course, handed("# new\n"), 2), "ada", tmp_path, 2)

    assert source_in(tmp_path, course, sandbox) == {"ada": "# new\n"}
    assert list(tmp_path.glob(".ada.*.part")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_inbox_keeps_the_earlier_one(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", tmp_path], check=True)
    try:
        deliver(pack("ada", course, handed("# earlier\n"), 1), "ada", tmp_path, 1)
        noise = "".join(f"# {os.urandom(40).hex()}\n" for _ in range(500))
        with pytest.raises(NotDelivered, match=r"No space left on device\. Nothing was sent"):
            deliver(pack("ada", course, handed(noise), 2), "ada", tmp_path, 2)
        assert source_in(tmp_path, course, sandbox) == {"ada": "# earlier\n"}
        assert list(tmp_path.glob(".ada.*")) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_what_is_handed_in_is_graded(folder: Path) -> None:
    gradstep("submit", "--to", "../inbox", cwd=folder)

    done = gradstep("grade", folder.parent / "inbox", "--out", folder.parent / "grades", "--exercise", NAME)

    assert (done.returncode, done.stderr) == (0, "")
    assert (folder.parent / "grades/scores.csv").read_text().splitlines()[1] == "ada,11,11"


def test_one_exercise_leaves_the_others_handed_in(folder: Path) -> None:
    gradstep("submit", "--to", "../inbox", cwd=folder)
    shutil.copy(REPOSITORY / "examples/class/ada/forward/linear.py", folder / "forward/linear/linear.py")

    done = gradstep("submit", "forward/linear", cwd=folder)

    assert "still handed in from before: loss/cross_entropy" in done.stdout
    with zipfile.ZipFile(folder.parent / "inbox/ada.zip") as archive:
        assert archive.namelist() == ["manifest.json", "forward/linear.py", "loss/cross_entropy.py"]
        assert archive.read("loss/cross_entropy.py").decode() == RIGHT


def test_what_is_not_ours_in_the_inbox_is_left_alone(folder: Path) -> None:
    other = folder.parent / "inbox/ada.zip"
    other.write_bytes(b"no archive")
    assert "is no archive of gradstep" in gradstep("submit", "--to", "../inbox", cwd=folder).stderr
    assert other.read_bytes() == b"no archive"
    other.unlink()
    (folder.parent / "inbox/ada").mkdir()
    assert "would count before an archive" in gradstep("submit", "--to", "../inbox", cwd=folder).stderr
    assert [path.name for path in (folder.parent / "inbox").iterdir()] == ["ada"]


# Receipts


@pytest.fixture
def receipt(folder: Path) -> Path:
    gradstep("submit", "--to", "../inbox", cwd=folder)
    (path,) = (folder / "receipts").iterdir()
    return path


def test_a_receipt_holds(folder: Path, receipt: Path) -> None:
    done = gradstep("receipt", receipt, cwd=folder)

    assert done.returncode == 0
    assert "is as it was written" in done.stdout and "is what was sent, and it counts." in done.stdout
    assert "not signed" in done.stdout


def test_a_receipt_after_a_later_submit_and_later_work(folder: Path, receipt: Path) -> None:
    (folder / NAME / "cross_entropy.py").write_text(RIGHT + "# later\n")
    gradstep("submit", cwd=folder)

    done = gradstep("receipt", receipt, cwd=folder)

    assert done.returncode == 0
    assert "a later one counts now" in done.stdout and "has changed since" in done.stdout


def test_a_receipt_that_was_changed_and_an_archive_that_was(folder: Path, receipt: Path) -> None:
    (folder.parent / "inbox/ada.zip").write_bytes(b"something else")
    assert "is something else" in gradstep("receipt", receipt, cwd=folder).stdout
    (folder.parent / "inbox/ada.zip").unlink()
    assert "is not in" in gradstep("receipt", receipt, cwd=folder).stdout
    receipt.write_text(receipt.read_text().replace('"student": "ada"', '"student": "eve"'))

    done = gradstep("receipt", receipt, cwd=folder)

    assert done.returncode == 1
    assert "The receipt was changed." in done.stdout


def test_an_instructor_verifies_a_receipt(folder: Path, receipt: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mail"
    elsewhere.mkdir()
    shutil.copy(receipt, elsewhere)
    shutil.copytree(folder.parent / "inbox", tmp_path / "collected")

    done = gradstep("receipt", elsewhere / receipt.name, "--inbox", tmp_path / "collected", cwd=elsewhere)

    assert done.returncode == 0
    assert "collected/ada.zip is what was sent" in done.stdout


def test_what_is_no_receipt(folder: Path) -> None:
    assert "is no receipt" in gradstep("receipt", "gradstep.json", cwd=folder).stderr
