"""One submission × one exercise → one result.

A :class:`Grader` keeps what is dear to start: the zygote and one warm suite per exercise. :func:`grade` is the same
for a single submission.
"""

from __future__ import annotations

import functools
import hashlib
import platform
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from grader import devices, policy
from grader.devices import Turn
from grader.examiner import Examiner
from grader.exercise import Course, Exercise, built_in_course
from grader.layers import NoIsolation
from grader.link import SandboxBroken
from grader.opening import open_notebook
from grader.plain import PlainSandbox
from grader.policy import Findings
from grader.result import Outcome, Provenance, Result, Verdict
from grader.sandbox import Limits, Loan, Sandbox
from grader.student import Conversation, StartsWorkers, Watch
from grader.submission import Submission, from_file

TRIES = 3  # a submission is examined anew when our machinery failed under it


Graded = tuple[tuple[Verdict, ...], tuple[str, ...]]  # and notes for the instructor


@dataclass(frozen=True)
class Settings:
    """What grading depends on besides the course and the submission. Small and picklable: it goes to every process."""

    course: Path
    device: str = "cpu"  # or "cuda"
    isolation: str = "auto"
    seed: str | None = None  # default: the course's own
    without: tuple[str, ...] = ()  # layers to leave off, for tests
    secret: tuple[Path, ...] = ()  # folders that no submission may see: others' work, results; the course never is seen
    slots: int = 1  # submissions at once on one GPU


class Grader:
    """Grades submissions of one course, one at a time. Use it as a context manager.

    With a ``loan`` it begins with another process' zygote; see :class:`~grader.sandbox.Sandbox`. On a GPU it waits for
    its turn, and keeps it. Raises :class:`~grader.devices.DeviceMissing`.
    """

    def __init__(self, settings: Settings, loan: Loan | None = None) -> None:
        devices.chosen(settings.device)
        self.settings = settings
        self.course = Course.open(settings.course)
        self._seed = settings.seed or self.course.seed()
        self._held = ExitStack()
        self._starting = ThreadPoolExecutor(1)  # its thread lasts: what bubblewrap starts dies with the one that did it
        try:
            turn = self._held.enter_context(devices.turn(settings.slots)) if settings.device == "cuda" else None
            sandbox = self._starting.submit(sandbox_for, settings, loan, turn)
            import torch  # noqa: F401  # two seconds, while the zygote takes as long for the same

            self._sandbox = sandbox.result()
        except BaseException:
            self._starting.shutdown()
            self._held.close()
            raise
        self._examiners: dict[str, Examiner] = {}

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def sandbox(self) -> Sandbox | PlainSandbox:
        return self._sandbox

    def close(self) -> None:
        """End the zygote and the suites' sessions."""
        self._sandbox.close()
        self._starting.shutdown()
        self._held.close()
        for examiner in self._examiners.values():
            examiner.close()
        self._examiners.clear()

    def grade(self, submission: Submission) -> Result:
        """The result of ``submission``; every way in which a submission can fail is a verdict, not an exception.

        Raises :class:`~grader.exercise.CourseError` when the exercise is not there or its suite cannot be collected.
        """
        started = time.perf_counter()
        exercise = self.course.exercise(submission.exercise)
        verdicts, notes = self._verdicts(submission, self._examiner(exercise))
        return Result(
            student=submission.student,
            exercise=exercise.name,
            checks=verdicts,
            provenance=provenance(self.settings, self.course, exercise, submission, self._layers()),
            seconds=round(time.perf_counter() - started, 4),
            notes=(*submission.notes, *notes),
        )

    def _verdicts(self, submission: Submission, examiner: Examiner) -> Graded:
        failure = SandboxBroken("")
        for _ in range(TRIES):
            try:
                return _examined(open_notebook(submission, self._sandbox), examiner, self._sandbox)
            except SandboxBroken as error:
                failure = error
                self._revive()
        if failure.by_worker:
            words = "The process that ran the code was killed again and again, most likely for want of memory."
            return examiner.refuse(Outcome.CRASHED, "killed", words), ()
        words = f"Grading failed, through no fault of the code: {failure}."
        return examiner.refuse(Outcome.BROKEN, "grader", words), ()

    def _revive(self) -> None:
        """A new zygote when the old one is gone; a failure to start shows at the next try."""
        if not self._sandbox.alive:
            try:
                self._sandbox.restart()
            except SandboxBroken:
                pass  # the next try meets the dead zygote and reports it

    def _examiner(self, exercise: Exercise) -> Examiner:
        if exercise.name not in self._examiners:
            self._examiners[exercise.name] = Examiner(exercise, self._seed, self.settings.device)
        return self._examiners[exercise.name]

    def _layers(self) -> tuple[str, ...]:
        return tuple(layer.name for layer in self._sandbox.layers if layer.on)


def grade(
    submission: str | Path, exercise: str, *, course: Path | None = None, isolation: str = "auto", device: str = "cpu"
) -> Result:
    """Grade one submission: a path to a ``.py`` or ``.ipynb``, or the source text itself.

    ``exercise`` is a name such as "loss/cross_entropy" of ``course`` (default: the course that comes with gradstep).
    ``device``: "cpu", "cuda", or "auto". Starts and ends a zygote, which takes a few seconds; for many submissions keep
    a :class:`Grader`.
    """
    if isinstance(submission, Path) or ("\n" not in submission and submission.endswith((".py", ".ipynb"))):
        taken = from_file(Path(submission), "student", exercise)
    else:
        taken = Submission("student", exercise, submission)
    settings = Settings(course or built_in_course(), device=devices.chosen(device), isolation=isolation)
    with Grader(settings) as grader:
        return grader.grade(taken)


def _examined(submission: Submission, examiner: Examiner, sandbox: Sandbox | PlainSandbox) -> Graded:
    if submission.refusal is not None:
        outcome = Outcome.BLOCKED if submission.refusal.cause == "missing" else Outcome.CRASHED
        return examiner.refuse(outcome, submission.refusal.cause, submission.refusal.words), ()
    return examine(submission, examiner, sandbox)


def examine(submission: Submission, examiner: Examiner, sandbox: Sandbox | PlainSandbox) -> Graded:
    """The verdicts on a submission that has a source, and notes for the instructor.

    Raises :class:`SandboxBroken` when our machinery failed.
    """
    exercise = examiner.exercise
    conversation = conversation_with(submission, exercise, sandbox)
    try:
        verdicts = examiner.examine(conversation, submission.place)
    finally:
        conversation.close()
    findings = conversation.findings or Findings()
    noted = policy.notes(submission.student, exercise.name, findings, submission.place)
    return policy.judged(verdicts, exercise.forbid, findings, submission.place), noted


def conversation_with(submission: Submission, exercise: Exercise, sandbox: StartsWorkers) -> Conversation:
    """With the code of a submission that has a source, watched for what the exercise forbids."""
    assert submission.source is not None
    watch = Watch(list(exercise.forbid.names), exercise.entries()) if exercise.forbid.names else None
    limits = Limits.of(exercise)
    earlier = {one.exercise: one.source for one in submission.earlier if one.source is not None}
    return Conversation(sandbox, exercise.short_name, submission.source, exercise.probes, limits, watch, earlier)


def provenance(
    settings: Settings, course: Course, exercise: Exercise, submission: Submission, layers: tuple[str, ...]
) -> Provenance:
    """What the score of ``submission`` depends on."""
    seed = settings.seed or course.seed()
    return Provenance(
        submission=submission.digest,
        suite=exercise.fingerprint(),
        seed=hashlib.sha256(f"gradstep seed {seed}".encode()).hexdigest()[:12],
        device=devices.kind(settings.device),
        isolation=layers,
        versions=dict(_versions()),
    )


@functools.lru_cache(maxsize=1)
def _versions() -> tuple[tuple[str, str], ...]:
    """Asked once: a package's version is read from a file of its own, which took 4 ms of each submission."""
    return (
        ("gradstep", metadata.version("gradstep")),
        ("python", platform.python_version()),
        ("torch", metadata.version("torch")),
        ("platform", platform.platform()),
    )


def sandbox_for(settings: Settings, loan: Loan | None = None, turn: Turn | None = None) -> Sandbox | PlainSandbox:
    """For submissions under ``settings``. Raises what :func:`open_sandbox` raises."""
    secret = (settings.course, *settings.secret)
    nodes = devices.nodes() if settings.device == "cuda" else ()
    return open_sandbox(settings.isolation, settings.without, secret, loan, nodes, turn)


def open_sandbox(
    isolation: str = "auto",
    without: tuple[str, ...] = (),
    secret: tuple[Path, ...] = (),
    loan: Loan | None = None,
    nodes: tuple[str, ...] = (),
    turn: Turn | None = None,
) -> Sandbox | PlainSandbox:
    """What this system can have. Raises :class:`~grader.layers.NoIsolation` where that is nothing, unless it is "none"
    that was asked for."""
    if platform.system() == "Linux":
        return Sandbox(isolation, secret=secret, without=without, loan=loan, devices=nodes, turn=turn)
    if isolation == "none":
        return PlainSandbox()
    raise NoIsolation(
        f"Submissions can be confined on Linux only, and this is {platform.system()}. Nothing was graded. "
        "For code that you trust, say --isolation none."
    )
