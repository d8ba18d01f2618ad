"""A self-check: the public suite of an exercise on a student's own file, again and again on a warm worker.

The code is the student's own, on the student's own machine: time and memory are bounded, nothing else is taken away.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from grader import devices, policy, recorded
from grader.ending import end_of
from grader.examiner import SuiteExaminer
from grader.exercise import Course, CourseError, Exercise
from grader.grading import conversation_with
from grader.link import SandboxBroken, StudentRaised, WorkerEnded
from grader.opening import open_notebook
from grader.plain import PlainSandbox
from grader.plugin import PLAIN_SEED
from grader.policy import Findings
from grader.result import Outcome, Provenance, Result, Verdict, printable
from grader.sandbox import Sandbox
from grader.student import RemoteStudent
from grader.submission import Submission, from_file

MAX_PRINTED_LINES = 20
T = TypeVar("T")
TRIES = 2  # on a worker that something else than the code has ended


@dataclass(frozen=True)
class Checked:
    """What a student reads after a check."""

    result: Result
    printed: str = ""  # the end of what the code printed
    unstarted: bool = False  # it is the template still


class Checker:
    """Checks files of one course. Use it as a context manager: it holds a warm sandbox.

    With ``portable`` workers are plain processes, each with an import of PyTorch of its own, as on systems without
    ``fork``; one is always started ahead.
    """

    def __init__(self, course: Course, device: str = "cpu", *, portable: bool = False) -> None:
        self.course = course
        self._device = devices.chosen(device)
        self._examiners: dict[str, SuiteExaminer] = {}
        self._sandbox_to_be: Future[Sandbox | PlainSandbox]
        self._starting = ThreadPoolExecutor(1)  # while it starts, this process imports PyTorch and the suite
        memory_mb = max((int(exercise.limits["memory_mb"]) for exercise in course.exercises), default=1024)
        self._held = ExitStack()
        portable = portable or platform.system() != "Linux"
        if portable or self._device == "cpu":
            self._sandbox_to_be = self._starting.submit(_open, portable, memory_mb)
        else:
            turn = self._held.enter_context(devices.turn())
            self._sandbox_to_be = self._starting.submit(Sandbox, "limits", devices=devices.nodes(), turn=turn)

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        for examiner in self._examiners.values():
            examiner.close()
        self._examiners.clear()
        try:
            self._sandbox.close()
        except SandboxBroken:
            pass  # it never started
        self._starting.shutdown()
        self._held.close()

    def prepare(self, exercise: Exercise) -> None:
        """Do now what the first check would wait for."""
        _ = self._examiner(exercise), self._sandbox

    def check(self, exercise: Exercise, path: Path, *, unstarted: bool = False) -> Checked:
        """The public checks of ``exercise`` on the file ``path``; see :meth:`check_submission`."""
        return self.check_submission(exercise, _submission(path, exercise), unstarted=unstarted)

    def check_submission(self, exercise: Exercise, submission: Submission, *, unstarted: bool = False) -> Checked:
        """The public checks of ``exercise`` on a text, wherever it comes from.

        Raises :class:`CourseError` for a course that cannot be used, :class:`SandboxBroken` when no worker starts.
        """
        self.prepare(exercise)
        started = time.perf_counter()
        examiner = self._examiner(exercise)
        for last in (False,) * (TRIES - 1) + (True,):
            try:
                checked = self._checked(submission, examiner)
                break
            except SandboxBroken:
                if last:
                    raise
                self._sandbox.restart()
        seconds = round(time.perf_counter() - started, 4)
        return replace(checked, result=replace(checked.result, seconds=seconds), unstarted=unstarted)

    def use(self, exercise: Exercise, path: Path, ask: Callable[[RemoteStudent], T]) -> T | str:
        """What ``ask`` returns of the file's functions and probes; words for the student where the code fails.

        Raises :class:`SandboxBroken` when no worker starts.
        """
        opened = open_notebook(_submission(path, exercise), self._sandbox)
        if opened.refusal is not None:
            return opened.refusal.words
        conversation = conversation_with(opened, exercise, self._sandbox)
        conversation.begin(0, new_check=True)
        try:
            return ask(conversation.student)
        except (StudentRaised, WorkerEnded) as error:
            return end_of(error, exercise.public_suite, opened.place).words
        finally:
            conversation.close()

    def _checked(self, submission: Submission, examiner: SuiteExaminer) -> Checked:
        digest = submission.digest
        opened = open_notebook(submission, self._sandbox)
        if opened.refusal is not None:
            verdicts = examiner.refuse(Outcome.CRASHED, opened.refusal.cause, opened.refusal.words)
            return Checked(self._result(examiner.exercise, digest, verdicts))
        conversation = conversation_with(opened, examiner.exercise, self._sandbox)
        try:
            verdicts = examiner.examine(conversation, opened.place)
        finally:
            conversation.close()
        findings = conversation.findings or Findings()
        everywhere = replace(examiner.exercise.forbid, checks=())  # those that it names are hidden ones
        verdicts = policy.judged(verdicts, everywhere, findings, opened.place)
        return Checked(self._result(examiner.exercise, digest, verdicts), _end_of(conversation.printed))

    def _result(self, exercise: Exercise, digest: str, verdicts: tuple[Verdict, ...]) -> Result:
        layers = tuple(layer.name for layer in self._sandbox.layers if layer.on)
        return Result("", exercise.name, verdicts, Provenance(digest, "public", PLAIN_SEED, self._device, layers, {}))

    @property
    def _sandbox(self) -> Sandbox | PlainSandbox:
        return self._sandbox_to_be.result()

    def _examiner(self, exercise: Exercise) -> SuiteExaminer:
        if exercise.name not in self._examiners:
            if not exercise.public_suite.is_file():
                raise CourseError(
                    f"{exercise.folder} has no public checks: expected {exercise.public_suite.name} there."
                )
            known = recorded.read(self.course.root / "exercises" / exercise.name, exercise)
            suite = exercise.public_suite
            self._examiners[exercise.name] = SuiteExaminer(exercise, suite, PLAIN_SEED, self._device, known)
        return self._examiners[exercise.name]


def _open(portable: bool, memory_mb: int) -> Sandbox | PlainSandbox:
    return PlainSandbox(ahead=True, memory_mb=memory_mb) if portable else Sandbox("limits")


def _submission(path: Path, exercise: Exercise) -> Submission:
    return replace(from_file(path, "", exercise.name), earlier=tuple(_earlier(path, exercise)))


def _earlier(path: Path, exercise: Exercise) -> Iterator[Submission]:
    """What the student has written for exercises that this one uses: where a working folder has it."""
    if path.parent.name != exercise.short_name or path.parent.parent.name != exercise.track:
        return
    for name in exercise.uses:
        for suffix in (".py", ".ipynb"):
            file = path.parents[2] / name / f"{Path(name).name}{suffix}"
            if file.is_file():
                yield from_file(file, "", name)
                break


def _end_of(printed: bytes) -> str:
    lines = printable(printed.decode("utf-8", "replace")).strip("\n").split("\n")
    return "\n".join(lines[-MAX_PRINTED_LINES:])
