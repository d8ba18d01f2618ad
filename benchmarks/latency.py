"""How long from a save to its verdict? ``gradstep check --watch`` beside cold pytest on the same public checks.

    python -m benchmarks.latency [--saves 100] [--cold 5]

Each save changes the file (a right solution, a comment at its end); the clock runs from the end of the write to the
line with the points, as a reader of the pipe sees it. pytest runs the same suite on the same file, from its start to
its end. Both in turn, exercise by exercise.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
EXERCISES = ("loss/cross_entropy", "backward/linear", "loop/train")  # the last one trains
GRADSTEP = (sys.executable, str(REPOSITORY / "cli.py"))
ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saves", type=int, default=100)
    parser.add_argument("--cold", type=int, default=5)
    arguments = parser.parse_args()
    print("exercise           | save to verdict, p50 ms | p95 ms | cold pytest, median ms | times faster")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([*GRADSTEP, "start", "all"], cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
        for exercise in EXERCISES:
            path = folder / exercise / f"{Path(exercise).name}.py"
            shutil.copy(REPOSITORY / "solutions" / exercise / path.name, path)
            saves = [1000 * seconds for seconds in watched(folder, exercise, path, arguments.saves)]
            cold = statistics.median(1000 * pytest(path.parent) for _ in range(arguments.cold))
            p50, p95 = statistics.median(saves), statistics.quantiles(saves, n=20)[-1]
            print(f"{exercise:<18} | {p50:>23.0f} | {p95:>6.0f} | {cold:>22.0f} | {cold / p50:>12.0f}", flush=True)


def watched(folder: Path, exercise: str, path: Path, saves: int) -> list[float]:
    """Seconds from each save to its verdict."""
    command = [*GRADSTEP, "check", "--watch", exercise]
    process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    source = path.read_text()
    try:
        await_points(process)
        return [one_save(process, path, f"{source}# {number}\n") for number in range(saves)]
    finally:
        process.terminate()
        process.wait()


def one_save(process: subprocess.Popen[str], path: Path, text: str) -> float:
    time.sleep(0.3)  # a person does not save while the last check still runs
    path.write_text(text)
    started = time.perf_counter()
    await_points(process)
    return time.perf_counter() - started


def await_points(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        if " points · " in line:
            assert "All public checks pass" in line, line
            return
    raise RuntimeError("gradstep check --watch has ended")


def pytest(folder: Path) -> float:
    """Seconds of a cold pytest on the same checks."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stdout
    return seconds


if __name__ == "__main__":
    main()
