"""CPU seconds per graded submission, side by side in one run.

    python benchmarks/submission.py [--rounds 3] [--submissions 12]

The same hidden suite (the eight checks of ``loss/cross_entropy``) grades the same right submissions in four ways, in
turn, for several rounds:

- *cold*: ``python -m pytest`` in a subprocess per submission, no wall: what most autograders do;
- *warm main*: ``pytest.main`` per submission in one process that has imported torch, no wall;
- *warm main, tuned*: the same without the plugins that collect garbage at the end of a run, objects so far frozen;
- *warm session*: the same collected pytest session for all submissions in one process, no wall: the floor;
- *gradstep*: that session in the trusted process, each submission in a confined worker of its own, all layers on.

CPU is the busy time of the whole machine (/proc/stat), less what the machine does anyway, so that no fork, namespace or
exit hides from the account. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.ending import nowhere
from grader.examiner import Examiner
from grader.exercise import Course
from grader.grading import Grader, Settings
from grader.student import LocalStudent
from grader.submission import Submission

REPOSITORY = Path(__file__).parent.parent
EXERCISE = "loss/cross_entropy"


def busy_seconds() -> float:
    """CPU seconds that all cores of this machine have been busy."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) / os.sysconf("SC_CLK_TCK")


def measure(way: Callable[[Path, str], None], folders: list[Path], background: float) -> tuple[float, float]:
    """CPU and wall seconds per submission."""
    started, busy = time.perf_counter(), busy_seconds()
    for folder in folders:
        way(folder, (folder / "exercises" / EXERCISE / "cross_entropy.py").read_text())
    wall = time.perf_counter() - started
    cpu = busy_seconds() - busy - background * wall
    return cpu / len(folders), wall / len(folders)


def write_submissions(home: Path, count: int) -> list[Path]:
    """For each submission a course in which plain pytest finds suite, submission and reference."""
    source = REPOSITORY / "solutions" / EXERCISE
    folders = []
    for number in range(count):
        root = home / str(number)
        for part, files in (
            ("exercises", ("test_hidden.py", "cross_entropy.py")),
            ("solutions", ("cross_entropy.py",)),
        ):
            (root / part / EXERCISE).mkdir(parents=True)
            for file in files:
                shutil.copy(source / file, root / part / EXERCISE / file)
        path = root / "exercises" / EXERCISE / "cross_entropy.py"
        path.write_text(path.read_text() + f"\n# submission {number}\n")
        folders.append(root)
    return folders


def cold(folder: Path, source: str) -> None:
    suite = folder / "exercises" / EXERCISE / "test_hidden.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", str(suite)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment)


def warm_main(folder: Path, source: str, *extra: str) -> None:
    suite = folder / "exercises" / EXERCISE / "test_hidden.py"
    arguments = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", f"--rootdir={folder}", *extra, str(suite)]
    sys.modules.pop("exercises.loss.cross_entropy.test_hidden", None)
    with contextlib.redirect_stdout(io.StringIO()):
        assert pytest.main(arguments) == 0


def warm_main_tuned(folder: Path, source: str) -> None:
    warm_main(folder, source, "-p", "no:unraisableexception", "-p", "no:threadexception")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--submissions", type=int, default=12)
    options = parser.parse_args()
    exercise = Course.open(REPOSITORY).exercise(EXERCISE)
    with tempfile.TemporaryDirectory() as home, Grader(Settings(REPOSITORY)) as grader:
        folders = write_submissions(Path(home), options.submissions)
        with Examiner(exercise, "seed") as examiner:

            def warm_session(folder: Path, source: str) -> None:
                verdicts = examiner.examine(LocalStudent(folder / "exercises" / EXERCISE / "cross_entropy.py"), nowhere)
                assert all(verdict.score == verdict.points for verdict in verdicts)

            def gradstep(folder: Path, source: str) -> None:
                result = grader.grade(Submission("ada", EXERCISE, source))
                assert result.score == result.max_score

            gc.collect()
            gc.freeze()
            ways = {
                "cold": cold,
                "warm main": warm_main,
                "warm main, tuned": warm_main_tuned,
                "warm session": warm_session,
                "gradstep": gradstep,
            }
            compare(ways, folders, options.rounds, ", ".join(layer.name for layer in grader.sandbox.layers if layer.on))


def compare(ways: dict[str, Callable[[Path, str], None]], folders: list[Path], rounds: int, layers: str) -> None:
    """Print the medians over the rounds, and the ratios within each round."""
    for way in ways.values():
        way(folders[0], (folders[0] / "exercises" / EXERCISE / "cross_entropy.py").read_text())
    started, busy = time.perf_counter(), busy_seconds()
    time.sleep(2)
    background = (busy_seconds() - busy) / (time.perf_counter() - started)
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            rows[name].append(measure(way, folders, background))
    print(f"{len(folders)} submissions of {EXERCISE}, {rounds} rounds; background load {background:.3f} cores")
    print(f"layers: {layers}\n")
    print("| way | CPU ms per submission | wall ms | CPU, gradstep to this |")
    print("|---|---|---|---|")
    for name, row in rows.items():
        cpu, wall = (statistics.median(values) * 1000 for values in zip(*row, strict=True))
        ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in zip(rows["gradstep"], row, strict=True))
        print(f"| {name} | {cpu:.1f} | {wall:.1f} | {f'1 : {1 / ratio:.1f}' if ratio < 1 else f'{ratio:.1f} : 1'} |")


if __name__ == "__main__":
    main()
