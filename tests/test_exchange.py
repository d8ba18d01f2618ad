"""nbgrader's own exchange takes what a student hands in; its own list shows it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import REPOSITORY
from .test_cli import gradstep

NAME = "loss/cross_entropy"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder of a course whose exchange has the assignment "training1"."""
    work, exchange = tmp_path / "work", tmp_path / "exchange"
    work.mkdir()
    for name in ("inbound", "outbound/training1"):
        (exchange / "course" / name).mkdir(parents=True)
    for path in (exchange, *exchange.rglob("*")):
        path.chmod(0o777)
    config = f'c = get_config()\nc.CourseDirectory.course_id = "course"\nc.Exchange.root = "{exchange}"\n'
    (work / "nbgrader_config.py").write_text(config + f'c.Exchange.cache = "{tmp_path / "cache"}"\n')
    gradstep("start", "all", "--as", "ada", cwd=work)
    (work / NAME / "cross_entropy.py").write_text((REPOSITORY / f"examples/class/ada/{NAME}.py").read_text())
    return work


def test_nbgrader_takes_it(folder: Path) -> None:
    done = gradstep("submit", "--to", "nbgrader:training1", cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    (inbound,) = (folder.parent / "exchange/course/inbound").iterdir()
    assert "+training1+" in inbound.name
    assert (inbound / f"{NAME}.py").read_bytes() == (folder / f"{NAME}/cross_entropy.py").read_bytes()
    command = [sys.executable, "-m", "nbgrader", "list", "--inbound"]
    listed = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert "training1" in listed.stdout + listed.stderr
    (receipt,) = (folder / "receipts").iterdir()
    assert "nbgrader list --inbound" in gradstep("receipt", receipt, cwd=folder).stdout


def test_what_nbgrader_refuses_is_told(folder: Path) -> None:
    done = gradstep("submit", "--to", "nbgrader:unknown", cwd=folder)

    assert done.returncode == 2
    assert "nbgrader does not take it: Assignment not found" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "receipts").exists()
