"""Where the time and the memory of one submission go: the layers, the calls by size, the workers, the phases."""

from __future__ import annotations

import cProfile
import io
import pstats
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import torch

from benchmarks.measure import Machine, descendants, held_mb
from benchmarks.submissions import COURSE, EXERCISE, REFERENCE
from grader.ending import nowhere
from grader.examiner import Examiner
from grader.exercise import Course
from grader.grading import Grader, Settings, conversation_with
from grader.layers import LAYERS
from grader.sandbox import Limits, Sandbox
from grader.student import Conversation
from grader.submission import Submission

SIZES = (1, 1_000, 10_000, 100_000, 1_000_000, 4_000_000)  # numbers of float32 in a tensor
ECHO = "def f(x):\n    return x\n\ndef g(x):\n    x += 1\n"


def layers(machine: Machine, workers: int = 100) -> dict[str, float]:
    """CPU milliseconds to start and end a worker: with all layers, without each, with none."""
    ways: dict[str, dict[str, object]] = {"all layers": {}}
    ways |= {f"without {name}": {"without": (name,)} for name in ("bubblewrap", *LAYERS)}
    ways["no layer"] = {"isolation": "none"}
    costs = {}
    with ExitStack() as stack:
        sandboxes = {name: stack.enter_context(Sandbox(**options)) for name, options in ways.items()}  # type: ignore[arg-type]
        for _ in range(3):  # in turn
            for name, sandbox in sandboxes.items():
                cost = machine.cost(lambda sandbox=sandbox: [sandbox.worker(Limits()).close() for _ in range(workers)])  # type: ignore[misc]
                costs.setdefault(name, []).append(1000 * cost.cpu / workers)
    return {name: statistics.median(values) for name, values in costs.items()}


def calls(repeats: int = 30) -> list[tuple[int, float, float]]:
    """(numbers in the argument, wall ms of a call that returns it, of one that changes it in place)."""
    with Sandbox() as sandbox:
        conversation = Conversation(sandbox, "echo", ECHO, None, Limits(600, 600, 2048))
        rows = []
        for size in SIZES:
            x = torch.zeros(size)
            conversation.student.f(x)
            rows.append((size, _median(lambda x=x: conversation.student.f(x), repeats), _in_place(conversation, x)))  # type: ignore[misc]
        conversation.close()
    return rows


def _in_place(conversation: Conversation, x: torch.Tensor, repeats: int = 30) -> float:
    def call() -> None:
        conversation.begin(0, new_check=True)  # a suite has many cases; each forgets what the one before has changed
        conversation.student.g(x)

    return _median(call, repeats)


def _median(call: object, repeats: int) -> float:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        call()  # type: ignore[operator]
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def memory_per_worker(workers: int = 20) -> float:
    """MB that one more worker holds for itself, after it has answered: the mean over workers that are there at once."""
    with Grader(Settings(COURSE)) as grader, _examined(grader) as examined:
        assert isinstance(grader.sandbox, Sandbox)
        for _ in range(workers):
            next(examined)
        running = descendants(grader.sandbox.pid)[-workers:]
        return statistics.mean(held_mb(pid, "Private_Dirty", "Private_Clean") for pid in running)


@contextmanager
def _examined(grader: Grader) -> Iterator[Iterator[Conversation]]:
    """Conversations that have been examined and are still open."""
    exercise = Course.open(COURSE).exercise(EXERCISE)
    kept: list[Conversation] = []

    def one_more() -> Iterator[Conversation]:
        with Examiner(exercise, "seed") as examiner:
            while True:
                work = Submission("ada", EXERCISE, REFERENCE.read_text())
                kept.append(conversation_with(work, exercise, grader.sandbox))
                examiner.examine(kept[-1], nowhere)
                yield kept[-1]

    generator = one_more()
    try:
        yield generator
    finally:
        for conversation in kept:
            conversation.close()


def phases(submissions: int = 30) -> dict[str, float]:
    """Milliseconds of CPU of one graded submission: what the worker takes in each phase, and the trusted side."""
    exercise = Course.open(COURSE).exercise(EXERCISE)
    rows: dict[str, list[float]] = {}
    with Sandbox() as sandbox, Examiner(exercise, "seed") as examiner:
        for number in range(submissions):
            before = time.process_time()
            work = Submission("ada", EXERCISE, f"{REFERENCE.read_text()}\n# {number}\n")
            conversation = conversation_with(work, exercise, sandbox)
            conversation._have_worker()
            loaded = conversation._used()
            examiner.examine(conversation, nowhere)
            first = conversation._used()
            ours = time.process_time() - before
            examiner.examine(conversation, nowhere)
            again = conversation._used()
            conversation.close()
            parts = {
                "trusted side: suite, wire, verdicts": ours,
                "worker: load the file": loaded,
                "worker: answer, once everything has been touched": again - first,
                "worker: touch pages and modules first": (first - loaded) - (again - first),
            }
            for name, seconds in parts.items():
                rows.setdefault(name, []).append(1000 * seconds)
    return {name: statistics.median(values) for name, values in rows.items()}


def profile(submissions: int = 30, lines: int = 15) -> str:
    """The functions of the trusted side by their own time, as cProfile sees them."""
    with Grader(Settings(COURSE)) as grader:
        work = [Submission("ada", EXERCISE, f"{REFERENCE.read_text()}\n# {n}\n") for n in range(submissions)]
        grader.grade(work[0])
        profiler = cProfile.Profile()
        profiler.enable()
        for submission in work:
            grader.grade(submission)
        profiler.disable()
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).strip_dirs().sort_stats("tottime").print_stats(lines)
    return out.getvalue()
