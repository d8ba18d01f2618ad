"""How long from a save to its verdict? ``gradstep check --watch`` beside what others are started for, again and again.

Each save changes the file (a right solution, a comment at its end); the clock runs from the end of the write to the
line with the points, as a reader of the pipe sees it. The others check the same file, from their start to their end.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peers
from benchmarks.peers import CannotRun
from benchmarks.peers.check50 import Check50
from benchmarks.peers.cold_pytest import ColdPytest
from benchmarks.peers.gradstep import COMMAND
from benchmarks.peers.otter import SelfCheck
from benchmarks.submissions import COURSE, EXERCISE, POINTS, REFERENCE, right

REPOSITORY = Path(__file__).parent.parent
# The eight checks that the others run; and public suites of the course, the last of which trains.
EXERCISES = ((COURSE, EXERCISE), *((REPOSITORY, name) for name in ("loss/cross_entropy", "loop/train")))
ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}


@dataclass(frozen=True)
class Latency:
    """Milliseconds from a save to its verdict."""

    name: str
    p50: float
    p95: float
    count: int


def latencies(saves: int, starts: int) -> tuple[list[Latency], dict[str, str]]:
    """Ours for each exercise, then the others', each started so often; and who could not run, and why."""
    rows = [watched(course, exercise, saves) for course, exercise in EXERCISES]
    why_not = {}
    for peer in (SelfCheck(), Check50(), ColdPytest()):
        try:
            rows.append(started(peer, starts))
        except CannotRun as error:
            why_not[peer.name] = str(error)
    return rows, why_not


def started(peer: peers.Peer, count: int) -> Latency:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        peer.install()
        peer.prepare(Path(folder), right(1))
        times = [_milliseconds(peer.grade) for _ in range(count)]
        assert set(peer.scores().values()) == {float(POINTS)}, peer.scores()
    return _latency(peer.name, times)


def watched(course: Path, exercise: str, saves: int) -> Latency:
    """``gradstep check --watch`` on ``exercise``."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        released, folder = Path(name) / "course", Path(name) / "work"
        shutil.copytree(course, released, ignore=shutil.ignore_patterns(".*", "tests"))
        folder.mkdir()
        gradstep = [*COMMAND]
        if course == COURSE:
            _run([*gradstep, "release", "--course", str(released)], folder)
        _run([*gradstep, "start", "all", "--course", str(released)], folder)
        path = folder / exercise / f"{Path(exercise).name}.py"
        solution = REFERENCE if exercise == EXERCISE else REPOSITORY / "solutions" / exercise / path.name
        path.write_text(solution.read_text())
        command = [*gradstep, "check", "--watch", exercise]
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
        try:
            _await_points(process)
            times = [_one_save(process, path, f"{solution.read_text()}# {number}\n") for number in range(saves)]
        finally:
            process.terminate()
            process.wait()
    title = "the eight checks" if exercise == EXERCISE else f"{exercise}, public"
    return _latency(f"gradstep check --watch: {title}", times)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)


def _one_save(process: subprocess.Popen[str], path: Path, text: str) -> float:
    time.sleep(0.3)  # a person does not save while the last check still runs
    path.write_text(text)
    return _milliseconds(lambda: _await_points(process))


def _await_points(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        if " points · " in line:
            assert "All public checks pass" in line, line
            return
    raise RuntimeError("gradstep check --watch has ended")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _latency(name: str, times: list[float]) -> Latency:
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Latency(name, statistics.median(times), p95, len(times))
