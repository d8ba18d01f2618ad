"""A suite, collected once and examined on one submission after another.

With a hidden suite the reference runs first: a check that it does not pass is *broken*, and so a suite's own bug never
costs a student points. For the same reason anything odd that a sound suite meets later is the submission's doing.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Self

import pytest

from grader import devices
from grader.convergence import Band, Measurement
from grader.diagnosis import Misconception, Oracle, Trace, diagnose
from grader.ending import End, Place, end_of, nowhere, verdict_on
from grader.exercise import CourseError, Exercise, read_text
from grader.link import SandboxBroken
from grader.plugin import Examination, check_seed
from grader.reference import Reference
from grader.replay import ReferenceOracle, Variant, converse, explanation
from grader.result import Outcome, Verdict
from grader.sandbox import Limits
from grader.signatures import Diagnosis
from grader.student import Conversation, LocalStudent
from grader.suite import Check, Suite
from grader.transcript import Exchange

Student = Conversation | LocalStudent  # behind a wall or a wire; or, for plain comparison, neither


class Knowledge(NamedTuple):
    """What wrong numbers are compared with."""

    misconceptions: Sequence[Misconception]
    oracle: Oracle


class SuiteExaminer:
    """A suite of one exercise, ready to be run on submissions. Close it, or use it as a context manager.

    Its data lie on ``device``: "cpu" or "cuda".
    """

    def __init__(
        self, exercise: Exercise, suite: Path, seed: str, device: str = "cpu", known: Knowledge | None = None
    ) -> None:
        _use_one_thread()
        devices.use(device)
        self.exercise = exercise
        self._examination = Examination(seed, device)
        self._suite = Suite(exercise, self._examination, suite)
        self.checks = self._suite.checks
        self._unsound: dict[str, str] = {}
        self._known = known
        self._public = suite == exercise.public_suite

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the pytest session."""
        self._suite.close()

    def examine(self, student: Student, place: Place, *, explain: bool = True) -> tuple[Verdict, ...]:
        """A verdict for every check. Raises :class:`SandboxBroken` when the machinery failed: examine again.

        With ``explain`` a check that failed says why, where that is known.
        """
        ended: dict[str, End] = {}
        seconds: dict[str, float] = {}
        for check in self.checks:
            started = time.perf_counter()
            ended[check.name] = self._blocked(check, ended) or self._run(check, student, place)
            seconds[check.name] = round(time.perf_counter() - started, 4)
        known = self._explain(ended) if explain else {}
        return tuple(verdict_on(c, ended[c.name], known.get(c.name), seconds[c.name]) for c in self.checks)

    def traces(self, variant: Conversation) -> dict[str, Trace]:
        """How ``variant`` fares in each check; needs between checks count for nothing here."""
        return {check.name: self._run(check, variant, nowhere).trace for check in self.checks}

    def exchanges(self, variant: Conversation) -> dict[str, tuple[Exchange, ...]]:
        """Case → what was asked there, and what ``variant`` answered."""
        said = {}
        for case in (case for check in self.checks for case in check.cases):
            self._play(case, variant, new_check=True)
            said[case.name] = variant.transcript or ()
        return said

    def refuse(self, outcome: Outcome, cause: str, words: str) -> tuple[Verdict, ...]:
        """The verdicts of a submission that was not run; no score at all when that is our fault."""
        score = None if outcome is Outcome.BROKEN else 0.0
        return tuple(Verdict(c.name, c.title, c.points, outcome, score, cause, words) for c in self.checks)

    # --- one check ----------------------------------------------------------------------------------------------

    def _blocked(self, check: Check, before: Mapping[str, End]) -> End | None:
        if check.name in self._unsound:
            return End(Outcome.BROKEN, "suite", self._unsound[check.name])
        titles = {other.name: other.title for other in self.checks}
        for name in check.needs:
            if before[name].outcome is not Outcome.PASSED:
                return End(Outcome.BLOCKED, "needs", f"Not run: first make this work: {titles[name]}")
        return None

    def _run(self, check: Check, student: Student, place: Place) -> End:
        for number, case in enumerate(check.cases):
            error = self._play(case, student, new_check=number == 0)
            if isinstance(error, SandboxBroken):
                raise error
            if error is not None:
                said = student.transcript if isinstance(student, Conversation) else ()
                end = end_of(error, self._suite.path, place, detailed=self._public)
                return replace(end, case=case.name, exchanges=said)
        return End(Outcome.PASSED)

    def _play(self, case: pytest.Function, student: Student, *, new_check: bool) -> BaseException | None:
        """Run one case on ``student``; what it raised."""
        reference = self._examination.reference
        if isinstance(student, Conversation):
            seed = check_seed(self._examination.seed, self.exercise.name, f"worker {case.name}")
            student.begin(seed, new_check=new_check)
            self._examination.student = student.student
        else:
            self._examination.student = student
        if reference is not None:
            reference.begin(case.name, *([student.originals.of] if isinstance(student, Conversation) else []))
        try:
            # A suite that prints must not disturb the tables.
            with contextlib.redirect_stdout(io.StringIO()), devices.of_suites(self._examination.device):
                return self._suite.run(case)
        finally:
            self._examination.student = None
            if isinstance(student, Conversation):
                student.originals.restore()

    # --- why ----------------------------------------------------------------------------------------------------

    def _explain(self, ended: Mapping[str, End]) -> dict[str, Diagnosis]:
        if self._known is None:
            return {}
        try:
            return diagnose({name: end.trace for name, end in ended.items()}, *self._known)
        except Exception:  # a stranger's numbers may be odd in ways nobody thought of: then nothing is known
            return {}


class Examiner(SuiteExaminer):
    """The hidden suite of one exercise, the reference and the misconceptions beside it."""

    def __init__(self, exercise: Exercise, seed: str, device: str = "cpu") -> None:
        super().__init__(exercise, exercise.hidden_suite, seed, device)
        try:
            _require_forbidden_checks(exercise, self.checks)
            self._examination.reference = reference = _load_reference(exercise)
            self._oracle = ReferenceOracle(exercise, reference, self._exchanges)
            explained = [path for path in exercise.misconceptions if explanation(path)]
            self._misconceptions = [Variant(exercise, path, self._trace) for path in explained]
            self._known = Knowledge(self._misconceptions, self._oracle)
            self._unsound = self._try_reference()
        except BaseException:
            self.close()
            raise

    def first_lost(self, student: Conversation, checks: Sequence[Check] | None = None) -> Check | None:
        """The first check (of ``checks``, or of all) that ``student`` does not pass; those after it are not run."""
        for check in checks or self.checks:
            if check.name not in self._unsound and self._run(check, student, nowhere).outcome is not Outcome.PASSED:
                return check
        return None

    @contextlib.contextmanager
    def seeded(self, seed: str) -> Iterator[None]:
        """For a while hidden data comes from another seed."""
        before = self._examination.seed
        self._reseed(seed)
        try:
            yield
        finally:
            self._reseed(before)

    def measure(self, seeds: int) -> dict[str, Band]:
        """The bands of all checks that ask for one: so many runs of the reference each."""
        bands = {}
        reference = LocalStudent(self.exercise.code, self.exercise.folder / "probes.py")
        for case in (case for check in self.checks for case in check.cases if "band" in case.fixturenames):
            self._examination.measurement = Measurement(seeds)
            try:
                if error := self._play(case, reference, new_check=True):
                    raise CourseError(f"{self.exercise.name}: {case.name} cannot be measured: {error}") from error
                bands[case.name] = self._examination.measurement.band()
            finally:
                self._examination.measurement = None
        return bands

    def _reseed(self, seed: str) -> None:
        self._examination.seed = seed
        self._oracle.forget()  # what it said was about other data
        for misconception in self._misconceptions:
            misconception.forget()

    def _try_reference(self) -> dict[str, str]:
        """Checks that the reference does not pass, and why: they are broken for everybody."""
        reference = converse(self.exercise, read_text(self.exercise.code), Limits(60, float("inf")))
        unsound = {}
        for verdict in self.examine(reference, nowhere, explain=False):
            if verdict.outcome is not Outcome.PASSED:
                why = f"the reference does not pass it ({verdict.feedback})"
                unsound[verdict.name] = f"This check is broken: {why}. No points are lost."
        return unsound

    def _trace(self, name: str, variant: Conversation) -> Trace:
        check = next(check for check in self.checks if check.name == name)
        return self._run(check, variant, nowhere).trace

    def _exchanges(self, name: str, case_name: str, variant: Conversation) -> Sequence[Exchange]:
        check = next(check for check in self.checks if check.name == name)
        case = next(case for case in check.cases if case.name == case_name)
        self._play(case, variant, new_check=True)
        return variant.transcript or ()


def _require_forbidden_checks(exercise: Exercise, checks: Sequence[Check]) -> None:
    if unknown := set(exercise.forbid.checks) - {check.name for check in checks}:
        known = ", ".join(check.name for check in checks)
        raise CourseError(f"{exercise.folder}: forbid takes the points of {unknown.pop()!r}. Checks are: {known}.")


def _load_reference(exercise: Exercise) -> Reference:
    try:
        return Reference(exercise.code, exercise.folder / "probes.py")
    except (Exception, SystemExit) as error:  # whatever an instructor's file can raise
        raise CourseError(f"{exercise.folder}: the reference or its probes cannot be loaded: {error}") from error


def _use_one_thread() -> None:
    """The trusted side computes small things only; a second thread costs more than it gives, and changes last bits."""
    import torch

    torch.set_num_threads(1)
