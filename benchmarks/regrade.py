"""Are the suites fair? Right submissions, graded again and again with new hidden data, quietly and beside busy cores.

    python benchmarks/regrade.py [--regrades 1000] [--processes 1 2 8] [--burners 2]

Regrade r takes the seed r and, in turn, one of the right submissions of the course (references and alternatives),
through the real wall. All must get full marks; and the verdicts must be the same whatever number of processes grade at
once, beside so many ``burners`` that keep the cores busy.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from grader.examiner import Examiner
from grader.exercise import Course
from grader.grading import examine
from grader.sandbox import Sandbox
from grader.submission import Submission

REPOSITORY = Path(__file__).parent.parent
Verdicts = tuple[tuple[str, str], ...]  # of a submission: outcome and cause of each check

_sandbox: Sandbox
_examiners: dict[str, Examiner] = {}


def start() -> None:
    """In each process: a zygote, and no suite yet."""
    global _sandbox
    _sandbox = Sandbox()


def regrade(number: int) -> tuple[str, Verdicts]:
    """The submission's name and its verdicts."""
    course = Course.open(REPOSITORY)
    right = [(exercise, path) for exercise in course.exercises for path in (exercise.code, *exercise.alternatives)]
    exercise, path = right[number % len(right)]
    if exercise.name not in _examiners:
        _examiners[exercise.name] = Examiner(exercise, "regrade")
    with _examiners[exercise.name].seeded(f"regrade {number}"):
        submission = Submission("right", exercise.name, path.read_text())
        verdicts, _ = examine(submission, _examiners[exercise.name], _sandbox)
    return f"{exercise.name} {path.stem}", tuple((v.outcome.value, v.cause) for v in verdicts)


def burn() -> None:
    while True:
        pass


def run(regrades: int, processes: int) -> tuple[list[tuple[str, Verdicts]], float]:
    started = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=start) as pool:
        done = list(pool.map(regrade, range(regrades)))
    return done, time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regrades", type=int, default=1000)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 8])
    parser.add_argument("--burners", type=int, default=2, help="beside all runs but the first")
    options = parser.parse_args()

    first: list[tuple[str, Verdicts]] = []
    for processes in options.processes:
        burners = [multiprocessing.Process(target=burn, daemon=True) for _ in range(options.burners if first else 0)]
        for burner in burners:
            burner.start()
        done, seconds = run(options.regrades, processes)
        for burner in burners:
            burner.terminate()
        first = first or done
        failures = [(name, v) for name, v in done if any(outcome != "passed" for outcome, _ in v)]
        changed = sum(one != other for one, other in zip(done, first, strict=True))
        print(
            f"{processes} processes, {len(burners)} burners: {len(done)} regrades of right submissions, "
            f"{len(failures)} failures, {changed} changed verdicts, {seconds:.0f} s",
            flush=True,
        )
        for name, verdicts in failures[:5]:
            print("  ", name, verdicts)


if __name__ == "__main__":
    main()
