"""Other graders, each in a virtual environment of its own, on the same work and the same checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Protocol

from benchmarks.submissions import Work

HERE = Path(__file__).parent
ENVIRONMENTS = Path(__file__).parents[2] / ".bench"
CHECKS = HERE / "checks.py"
TITLES = [line.split()[1].split("(")[0] for line in CHECKS.read_text().split("@check\n")[1:]]
TIMEOUT = 10  # seconds that a check may take, where a grader can be told
PATIENCE = 60  # seconds after which a process that has no limit of its own is ended here


class CannotRun(Exception):
    """This peer cannot be run here; the text says why."""


class Peer(Protocol):
    """A grader that is not ours."""

    name: str
    command: str  # what is measured, for the table

    def install(self) -> None:
        """Make its environment, unless it is there; raises :class:`CannotRun`."""

    def prepare(self, folder: Path, work: list[Work]) -> None:
        """Put exercise and work into ``folder`` as this grader wants them."""

    def grade(self) -> None:
        """What is measured: grade all of it, from files to scores."""

    def scores(self) -> dict[str, float | None]:
        """Student → points after :meth:`grade`; None where the grader has none."""


def environment(name: str, *packages: str) -> Path:
    """The folder ``bin`` of a virtual environment with PyTorch and ``packages``."""
    folder = ENVIRONMENTS / name
    mark = folder / "installed"
    wanted = f"torch numpy {' '.join(packages)}"
    if not mark.exists() or mark.read_text() != wanted:
        constraints = ["-c", str(ENVIRONMENTS.parent / "constraints.txt")]
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin/pip"), "install", "-q", *constraints, "torch", "numpy", *packages]
        done = subprocess.run(pip, capture_output=True, text=True)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["pip said nothing"]
            raise CannotRun(f"it cannot be installed: {lines[-1]}")
        mark.write_text(wanted)
    return folder / "bin"


def run(command: list[str], folder: Path, *, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``command`` in ``folder``, with one thread as everywhere here; after ``seconds`` it is killed."""
    from os import environ

    own = {"OMP_NUM_THREADS": "1", "PATH": f"{Path(command[0]).parent}:{environ['PATH']}"}
    try:
        return subprocess.run(
            command, cwd=folder, env=environ | own, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, -9, "", "")
