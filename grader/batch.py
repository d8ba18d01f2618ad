"""A class: every submission gets its result, whatever is killed and whenever.

Each result is written the moment it is there. A run that was cut off is simply run again: results whose provenance
still holds are kept, the others are made. Work is handed to any ``concurrent.futures.Executor``.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from multiprocessing import forkserver, get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

from grader import machine, result
from grader.exercise import Course
from grader.grading import TRIES, Grader, Settings, provenance, sandbox_for
from grader.result import Outcome, Result, Verdict
from grader.sandbox import Loan, Sandbox
from grader.submission import Submission

if TYPE_CHECKING:
    from distributed import Client

PER_PROCESS = 25  # submissions that make a further process worth its start (about 5 s of CPU)
PROCESS_MB = 900  # a grading process, its zygote, and what a worker holds before any student code runs
ZYGOTE_SERVES = 8  # grading processes; it forks one worker after the other
SPARE = 0.1  # of the memory, for everything else


@dataclass(frozen=True)
class Plan:
    """What is to be done: results that still hold, and submissions to grade."""

    kept: tuple[Result, ...]
    todo: tuple[Submission, ...]


def plan(submissions: tuple[Submission, ...], settings: Settings, folder: Path) -> Plan:
    """Which of ``submissions`` have a valid result below ``folder`` already."""
    course = Course.open(settings.course)
    kept, todo = [], []
    for submission in submissions:
        found = _valid_result(submission, settings, course, result_path(folder, submission))
        if found is not None:
            kept.append(found)
        else:
            todo.append(submission)
    return Plan(tuple(kept), tuple(todo))


def run(todo: tuple[Submission, ...], settings: Settings, folder: Path, jobs: int) -> Iterator[Result]:
    """Grade ``todo`` and yield each result when it is written below ``folder``. ``jobs`` processes work at once."""
    if jobs == 1:
        yield from _one_after_the_other(todo, settings, folder)
    else:
        _start_server()  # it imports PyTorch while the zygote starts
        with _shared_zygote(settings, jobs) as loan:
            yield from run_on(lambda: _processes(jobs, loan), todo, settings, folder, window=2 * jobs)


def run_on(
    make_executor: Callable[[], Executor], todo: tuple[Submission, ...], settings: Settings, folder: Path, window: int
) -> Iterator[Result]:
    """Like :func:`run`, on executors that ``make_executor`` makes: a new one when one breaks.

    ``window`` submissions are handed out at a time; only these count as tried when the executor breaks.
    """
    waiting = list(reversed(todo))
    tries: dict[tuple[str, str], int] = {}
    while waiting:
        running: dict[Future[Result], Submission] = {}
        with make_executor() as executor:
            try:
                yield from _until_done_or_broken(executor, waiting, running, settings, folder, window)
            except BrokenExecutor:
                for submission in running.values():
                    key = submission.student, submission.exercise
                    tries[key] = tries.get(key, 0) + 1
                    if tries[key] < TRIES:
                        waiting.append(submission)
                    else:
                        yield _save(_lost(submission, settings), folder)


def on_cluster(client: Client, device: str = "cpu") -> Executor:
    """An executor for :func:`run_on` on a Dask cluster: on a GPU, one submission for each ``GPU=1`` of its workers.

    Workers need one thread each (a suite is not safe for several), and the course at the same path.
    """
    # pure=False: a submission that is examined again is not the same task
    resources = {"resources": {"GPU": 1}} if device == "cuda" else {}
    executor: Executor = client.get_executor(pure=False, **resources)  # type: ignore[no-untyped-call]
    return executor


def jobs_for(submissions: int, memory_mb: float) -> int:
    """As many processes as there are cores to run on, work to share, and memory for.

    ``memory_mb`` is what a worker may take. All of them together stay below the machine's memory: a machine that
    swaps, or that kills the grader, is what an attacker's neighbours would pay for.
    """
    return max(1, min(machine.cores(), submissions // PER_PROCESS, most_jobs(memory_mb)))


def most_jobs(memory_mb: float) -> int:
    """Processes that have room beside each other; at least one."""
    have = machine.memory_mb()
    if not have:
        return machine.cores()
    return max(1, int(have * (1 - SPARE) // (memory_mb + PROCESS_MB)))


def result_path(folder: Path, submission: Submission) -> Path:
    """``<folder>/results/<student>/<track>/<name>.json``."""
    return folder / "results" / submission.student / f"{submission.exercise}.json"


# --- in this process, or in others --------------------------------------------------------------------------------


def _one_after_the_other(todo: tuple[Submission, ...], settings: Settings, folder: Path) -> Iterator[Result]:
    if todo:
        with Grader(settings) as grader:
            for submission in todo:
                yield _save(grader.grade(submission), folder)


def _until_done_or_broken(
    executor: Executor,
    waiting: list[Submission],
    running: dict[Future[Result], Submission],
    settings: Settings,
    folder: Path,
    window: int,
) -> Iterator[Result]:
    """Empty ``waiting`` through ``executor``; what is in ``running`` when it breaks has no result yet."""
    while waiting or running:
        while waiting and len(running) < window:
            submission = waiting.pop()
            try:
                running[executor.submit(_grade_in_this_process, settings, submission)] = submission
            except BrokenExecutor:
                waiting.append(submission)
                raise
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            graded = future.result()
            del running[future]
            yield _save(graded, folder)


def _start_server() -> None:
    """What grading processes are forked from. Not this process, which may have threads; one that imports PyTorch."""
    get_context("forkserver").set_forkserver_preload(["grader.forked"])
    with _one_thread():
        forkserver.ensure_running()


@contextlib.contextmanager
def _shared_zygote(settings: Settings, jobs: int) -> Iterator[Loan | None]:
    """One for all grading processes, where there can be one: each of its own costs seconds, and 150 MB."""
    if jobs > ZYGOTE_SERVES:
        yield None
        return
    with contextlib.closing(sandbox_for(settings)) as sandbox:
        yield sandbox.lend() if isinstance(sandbox, Sandbox) else None


def _processes(jobs: int, loan: Loan | None) -> Executor:
    return ProcessPoolExecutor(jobs, get_context("forkserver"), _begin, (loan,))


_loan: Loan | None = None  # of this process, if a pool started it


def _begin(loan: Loan | None) -> None:
    """In a pool's process, before its first submission."""
    global _loan
    _loan = loan
    _end_with_who_asked()


def _end_with_who_asked() -> None:
    """When the process that hands out the work is killed, nobody else ends this one."""
    asker = parent_process()
    assert asker is not None

    def wait_for_its_end() -> None:
        asker.join()
        os._exit(1)

    threading.Thread(target=wait_for_its_end, daemon=True).start()


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """In the environment: else numpy's linear algebra starts a second thread when it is imported."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    saved = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in saved.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _grade_in_this_process(settings: Settings, submission: Submission) -> Result:
    return _grader_of_this_process(settings).grade(submission)


@functools.lru_cache(maxsize=1)
def _grader_of_this_process(settings: Settings) -> Grader:
    """A pool's process keeps its grader warm, and its end is the grader's end."""
    return Grader(settings, _loan)


# --- results ------------------------------------------------------------------------------------------------------


def _save(graded: Result, folder: Path) -> Result:
    result.save(graded, folder / "results" / graded.student / f"{graded.exercise}.json")
    return graded


def _valid_result(submission: Submission, settings: Settings, course: Course, path: Path) -> Result | None:
    """The result at ``path`` if grading again would give it again; else None."""
    try:
        found = result.load(path)
    except (OSError, ValueError):
        return None
    if found.outcome is Outcome.BROKEN or found.student != submission.student:
        return None
    isolated = bool(found.provenance.isolation)
    if isolated != (settings.isolation != "none"):
        return None
    expected = provenance(settings, course, course.exercise(submission.exercise), submission, ())
    same = replace(found.provenance, isolation=()) == expected
    # Without a source there is nothing to hash: what intake says now must be what it said then.
    refused = submission.refusal.words if submission.refusal else None
    return found if same and (refused is None or refused == found.feedback) else None


def _lost(submission: Submission, settings: Settings) -> Result:
    """The result of a submission under which the grading process died again and again."""
    course = Course.open(settings.course)
    exercise = course.exercise(submission.exercise)
    words = f"The grading process died {TRIES} times while this was graded. Grade again, with --jobs 1."
    verdict = Verdict("grading", "Grading", 1, Outcome.BROKEN, None, "grader", words)
    return Result(submission.student, exercise.name, (verdict,), provenance(settings, course, exercise, submission, ()))
