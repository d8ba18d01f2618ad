"""``gradstep check --watch`` on a real terminal and in a pipe."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from .conftest import REPOSITORY
from .test_cli import GRADSTEP, gradstep

NAME = "loss/cross_entropy"
EXAMPLES = REPOSITORY / "examples/class"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A person before a screen of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 30, 80, 0, 0))
        command = [*GRADSTEP, "check", "--watch", NAME]
        environment = os.environ | {"TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
        )
        os.close(theirs)
        self._raw = ""

    def press(self, key: str) -> None:
        os.write(self._ours, key.encode())

    def read_until(self, words: str, seconds: float = 60) -> str:
        """What appears, up to ``words``; fails when they do not."""
        seen, end = "", time.monotonic() + seconds
        while words not in " ".join(seen.split()):
            assert time.monotonic() < end, seen
            if select.select([self._ours], [], [], 0.2)[0]:
                try:
                    self._raw += os.read(self._ours, 65536).decode("utf-8", "replace")
                except OSError as error:  # it has ended
                    raise AssertionError(seen) from error
            seen = ESCAPES.sub("", self._raw).replace("\r", "")
        self._raw = ""
        return " ".join(seen.split())

    def close(self) -> int:
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            os.close(self._ours)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    gradstep("start", "all", cwd=tmp_path)
    return tmp_path


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal(folder)
    yield terminal
    terminal.process.kill()
    terminal.process.wait()


def save(folder: Path, student: str, *, by_rename: bool = False) -> None:
    """As editors do: into the file, or beside it and then in its place."""
    target = folder / NAME / "cross_entropy.py"
    if by_rename:
        shutil.copy(EXAMPLES / f"{student}/{NAME}.py", target.with_suffix(".tmp"))
        target.with_suffix(".tmp").rename(target)
    else:
        shutil.copy(EXAMPLES / f"{student}/{NAME}.py", target)


def test_a_learner_at_work(terminal: Terminal, folder: Path) -> None:
    terminal.read_until("q quit")
    save(folder, "radia")
    assert "are added up, not averaged" in terminal.read_until("q quit")
    terminal.press("h")
    terminal.read_until("hint 1 of 3")
    save(folder, "ada", by_rename=True)
    terminal.read_until("Press n for the next exercise.")
    terminal.press("d")
    terminal.read_until("+ return losses.mean()")
    terminal.press("n")
    assert "Not begun" in terminal.read_until("watching forward/linear/linear.py")
    terminal.press("q")

    assert terminal.close() == 0
    status = gradstep("status", cwd=folder).stdout
    assert re.search(r"✓ +loss/cross_entropy +3 of 3 +2 +\d+ s +1", status)


def test_begin_anew_asks_first(terminal: Terminal, folder: Path) -> None:
    save(folder, "ada")
    terminal.read_until("Press n")
    terminal.press("r")
    terminal.read_until("any other key: no")
    terminal.press("x")
    terminal.read_until("Left as it is.")
    terminal.press("r")
    terminal.read_until("any other key: no")
    time.sleep(2.5)  # the folder is looked at meanwhile: that is no answer
    terminal.press("y")
    terminal.read_until("What you had is in loss/cross_entropy/cross_entropy.py.old1")
    terminal.press("q")

    assert terminal.close() == 0
    assert "YOUR CODE HERE" in (folder / NAME / "cross_entropy.py").read_text()


def test_a_file_that_goes_and_comes_back(terminal: Terminal, folder: Path) -> None:
    terminal.read_until("q quit")
    (folder / NAME / "cross_entropy.py").unlink()
    terminal.read_until("is not there any more")
    save(folder, "ada")
    terminal.read_until("Press n")
    terminal.process.send_signal(signal.SIGINT)

    assert terminal.close() == 0


def test_in_a_pipe_there_are_plain_lines(folder: Path) -> None:
    command = [*GRADSTEP, "check", "--watch", NAME]
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        said = _lines_until(process, "Not begun")
        save(folder, "ada")
        said += _lines_until(process, "3 of 3 points")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)

    assert "\x1b" not in said
    assert "q quit" not in said


def _lines_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            break
    return said


def test_watch_looks_after_one_exercise(folder: Path) -> None:
    done = gradstep("check", "all", "--watch", cwd=folder)

    assert done.returncode == 2
    assert "--watch looks after one exercise" in done.stderr
