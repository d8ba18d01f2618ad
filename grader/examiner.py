"""A hidden suite, collected once and examined on one submission after another.

pytest starts, collects and configures once per exercise; the collected items then run again for each submission. That
is what makes a check cost milliseconds. The reference runs first: a check that it does not pass is *broken*, and so a
suite's own bug never costs a student points. For the same reason anything odd that a sound suite meets later is
the submission's doing.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol

from grader import plugin
from grader.convergence import Band, Measurement
from grader.diagnosis import Trace, diagnose
from grader.exercise import CourseError, Exercise
from grader.link import SandboxBroken, StudentRaised, StudentReport, WorkerEnded
from grader.plugin import EXAMINATION, Examination, check_seed
from grader.reference import Reference
from grader.replay import ReferenceOracle, Variant, converse, explanation
from grader.result import Outcome, Verdict, shown
from grader.sandbox import Limits
from grader.signatures import Diagnosis
from grader.student import Conversation, LocalStudent
from grader.testing import Awarded, CheckFailed
from grader.transcript import Exchange

_BLOCKED_PLUGINS = (
    "terminal", "cacheprovider", "unraisableexception", "threadexception", "faulthandler", "junitxml", "logging",
    "doctest", "debugging", "warnings", "capture",
)  # fmt: skip
Student = Conversation | LocalStudent  # behind a wall or a wire; or, for plain comparison, neither
Place = Callable[[int], str]  # line of the source → words for where the student finds it


@dataclass
class Check:
    """One test function of a suite; a parametrized one has several cases and passes when all of them do."""

    name: str
    title: str
    points: float
    needs: tuple[str, ...]
    has_title: bool = True
    has_points: bool = True
    cases: list[pytest.Function] = field(default_factory=list)


class Examiner:
    """The suite of one exercise, ready to be run on submissions. Close it, or use it as a context manager."""

    def __init__(self, exercise: Exercise, seed: str, device: str = "cpu") -> None:
        _use_one_thread()
        self.exercise = exercise
        self._examination = Examination(seed, device)
        self._errors = _Errors()
        self._session = _start_session(exercise, self._examination, self._errors)
        self.checks = _checks(exercise, self._session)
        self._unsound: dict[str, str] = {}
        try:
            reference = Reference(exercise.code, exercise.folder / "probes.py")
        except Exception as error:  # whatever an instructor's file can raise
            self.close()
            raise CourseError(f"{exercise.folder}: the reference or its probes cannot be loaded: {error}") from error
        self._examination.reference = reference
        self._oracle = ReferenceOracle(exercise, reference, self._exchanges)
        explained = [path for path in exercise.misconceptions if explanation(path)]
        self._misconceptions = [Variant(exercise, path, self._trace) for path in explained]
        self._unsound = self._try_reference()

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the pytest session."""
        self._session.config._ensure_unconfigure()

    def examine(self, student: Student, place: Place, *, explain: bool = True) -> tuple[Verdict, ...]:
        """A verdict for every check. Raises :class:`SandboxBroken` when the machinery failed: examine again.

        With ``explain`` a check that failed says why, where that is known.
        """
        ended: dict[str, _End] = {}
        seconds: dict[str, float] = {}
        for check in self.checks:
            started = time.perf_counter()
            ended[check.name] = self._blocked(check, ended) or self._run(check, student, place)
            seconds[check.name] = round(time.perf_counter() - started, 4)
        known = self._explain(ended) if explain else {}
        return tuple(_verdict(c, ended[c.name], known.get(c.name), seconds[c.name]) for c in self.checks)

    def first_lost(self, student: Conversation, checks: Sequence[Check] | None = None) -> Check | None:
        """The first check (of ``checks``, or of all) that ``student`` does not pass; those after it are not run."""
        for check in checks or self.checks:
            if check.name not in self._unsound and self._run(check, student, str).outcome is not Outcome.PASSED:
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

    def refuse(self, outcome: Outcome, cause: str, words: str) -> tuple[Verdict, ...]:
        """The verdicts of a submission that was not run; no score at all when that is our fault."""
        score = None if outcome is Outcome.BROKEN else 0.0
        return tuple(Verdict(c.name, c.title, c.points, outcome, score, cause, words) for c in self.checks)

    def _reseed(self, seed: str) -> None:
        self._examination.seed = seed
        self._oracle.forget()  # what it said was about other data
        for misconception in self._misconceptions:
            misconception.forget()

    # --- one check ----------------------------------------------------------------------------------------------

    def _blocked(self, check: Check, before: Mapping[str, _End]) -> _End | None:
        if check.name in self._unsound:
            return _End(Outcome.BROKEN, "suite", self._unsound[check.name])
        titles = {other.name: other.title for other in self.checks}
        for name in check.needs:
            if before[name].outcome is not Outcome.PASSED:
                return _End(Outcome.BLOCKED, "needs", f"Not run: first make this work: {titles[name]}")
        return None

    def _run(self, check: Check, student: Student, place: Place) -> _End:
        for number, case in enumerate(check.cases):
            error = self._play(case, student, new_check=number == 0)
            if isinstance(error, SandboxBroken):
                raise error
            if error is not None:
                said = tuple(student.transcript) if isinstance(student, Conversation) else ()
                end = _end(error, self.exercise.hidden_suite, place)
                return replace(end, case=case.name, exchanges=said)
        return _End(Outcome.PASSED)

    def _play(self, case: pytest.Function, student: Student, *, new_check: bool) -> BaseException | None:
        """Run one case on ``student``; what it raised."""
        assert self._examination.reference is not None
        self._examination.reference.begin(case.name)
        self._examination.student = student.student if isinstance(student, Conversation) else student
        if isinstance(student, Conversation):
            seed = check_seed(self._examination.seed, self.exercise.name, f"worker {case.name}")
            student.begin(seed, new_check=new_check)
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # a suite that prints must not disturb the tables
                return self._errors.of(case)
        finally:
            self._examination.student = None

    def _try_reference(self) -> dict[str, str]:
        """Checks that the reference does not pass, and why: they are broken for everybody."""
        reference = converse(self.exercise, self.exercise.code.read_text(encoding="utf-8"), Limits(60, float("inf")))
        unsound = {}
        for verdict in self.examine(reference, str, explain=False):
            if verdict.outcome is not Outcome.PASSED:
                why = f"the reference does not pass it ({verdict.feedback})"
                unsound[verdict.name] = f"This check is broken: {why}. No points are lost."
        return unsound

    # --- why ----------------------------------------------------------------------------------------------------

    def _explain(self, ended: Mapping[str, _End]) -> dict[str, Diagnosis]:
        try:
            return diagnose({name: end.trace for name, end in ended.items()}, self._misconceptions, self._oracle)
        except Exception:  # a stranger's numbers may be odd in ways nobody thought of: then nothing is known
            return {}

    def _trace(self, name: str, variant: Conversation) -> Trace:
        check = next(check for check in self.checks if check.name == name)
        return self._run(check, variant, str).trace

    def _exchanges(self, name: str, case_name: str, variant: Conversation) -> Sequence[Exchange]:
        check = next(check for check in self.checks if check.name == name)
        case = next(case for case in check.cases if case.name == case_name)
        self._play(case, variant, new_check=True)
        return variant.transcript


def _use_one_thread() -> None:
    """The trusted side computes small things only; a second thread costs more than it gives, and changes last bits."""
    import torch

    torch.set_num_threads(1)


# --- pytest -------------------------------------------------------------------------------------------------------


class _Errors:
    """A plugin that keeps the exception of a phase instead of rendering it: rendering costs more than the check."""

    def __init__(self) -> None:
        self._error: BaseException | None = None

    def of(self, case: pytest.Function) -> BaseException | None:
        """Run ``case`` once more; the first exception of its set-up, call or tear-down."""
        self._error = None
        runtestprotocol(case, log=False, nextitem=None)
        return self._error

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        if call.excinfo is not None and self._error is None:
            self._error = call.excinfo.value
        outcome: Any = "failed" if call.excinfo else "passed"
        when: Any = call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self._error is None:
            self._error = CourseError(str(report.longrepr).strip().splitlines()[-1])

    def while_collecting(self) -> BaseException | None:
        return self._error


def _start_session(exercise: Exercise, examination: Examination, errors: _Errors) -> pytest.Session:
    """What ``pytest.main`` does, up to and including collection. There is no public way to stop there."""
    root = exercise.folder.parents[1]  # one root for the whole course: two suites of one name then stay two modules
    arguments = [str(exercise.hidden_suite), f"--rootdir={root}", f"--confcutdir={root}", "-c", os.devnull]
    arguments += ["--import-mode=importlib", "--assert=plain", "--strict-markers"]
    for name in _BLOCKED_PLUGINS:
        arguments += ["-p", f"no:{name}"]
    sys.modules.pop(f"{exercise.name.replace('/', '.')}.test_hidden", None)  # another course may have one of this name
    with _clean_environment():
        config = _prepareconfig(arguments, [plugin, errors])
        config.stash[EXAMINATION] = examination
        config._do_configure()
        session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        session.perform_collect()
    if error := errors.while_collecting():
        config._ensure_unconfigure()
        raise CourseError(f"The suite {exercise.hidden_suite} cannot be collected: {error}")
    return session


@contextlib.contextmanager
def _clean_environment() -> Iterator[None]:
    """No plugin, no option and no rewritten assert that the user's own pytest runs happen to have."""
    hooks = sys.meta_path[:]
    sys.meta_path[:] = [hook for hook in hooks if not isinstance(hook, AssertionRewritingHook)]
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    saved = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(saved)
        sys.meta_path[:] = hooks


def _checks(exercise: Exercise, session: pytest.Session) -> list[Check]:
    checks: dict[str, Check] = {}
    for item in session.items:
        assert isinstance(item, pytest.Function)
        name = item.originalname
        if name not in checks:
            checks[name] = _check(exercise, item)
        checks[name].cases.append(item)
    for check in checks.values():
        earlier = list(checks)[: list(checks).index(check.name)]
        if unknown := [name for name in check.needs if name not in earlier]:
            raise CourseError(f"{exercise.hidden_suite}: {check.name} needs {unknown[0]}, which is no check above it.")
    if not checks:
        raise CourseError(f"{exercise.hidden_suite} holds no checks: expected functions called test_….")
    return list(checks.values())


def _check(exercise: Exercise, item: pytest.Function) -> Check:
    points = item.get_closest_marker("points")
    needs = item.get_closest_marker("needs")
    value = points.args[0] if points and points.args else 1
    if type(value) not in (int, float) or not 0 < value < 1e6:
        where = f"{exercise.hidden_suite}: {item.originalname}"
        raise CourseError(f"{where} has points({value!r}), expected a number above 0.")
    documented = (item.function.__doc__ or "").strip()
    title = (documented or item.originalname).splitlines()[0]
    return Check(
        item.originalname, title, value, tuple(needs.args) if needs else (), bool(documented), points is not None
    )


# --- from an exception to a verdict -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _End:
    outcome: Outcome
    cause: str = ""
    words: str = ""
    partial: float | None = None
    case: str = ""  # that it ended in
    exchanges: tuple[Exchange, ...] = ()  # of that case

    @property
    def trace(self) -> Trace:
        return Trace(self.outcome, self.case, self.exchanges)

    @property
    def part(self) -> float:
        """The part of the points that is earned."""
        if self.partial is not None:
            return self.partial
        return 1.0 if self.outcome is Outcome.PASSED else 0.0


def _verdict(check: Check, end: _End, known: Diagnosis | None, seconds: float) -> Verdict:
    """The words may quote what a student returned or raised: they are bounded here, whoever put them together."""
    passed = end.outcome is Outcome.PASSED
    words = end.words if passed or any(c.isalnum() for c in end.words) else _NO_WORDS
    return Verdict(
        name=check.name,
        title=check.title,
        points=check.points,
        outcome=end.outcome,
        score=None if end.outcome is Outcome.BROKEN else check.points * end.part,
        cause=end.cause,
        feedback=shown(f"{words} {known.words}".strip() if known else words),
        seconds=seconds,
        diagnosis=known.key if known else "",
        explanation=shown(known.words) if known else "",
    )


def _end(error: BaseException, suite: Path, place: Place) -> _End:
    match error:
        case CheckFailed():
            return _End(Outcome.FAILED, error.cause, error.feedback)
        case Awarded():
            return _End(Outcome.FAILED, "part", error.feedback, partial=error.part)
        case WorkerEnded():
            return _End(Outcome(error.outcome), error.cause, error.words)
        case StudentRaised():
            return _student_raised(error.report, place)
        case pytest.skip.Exception():
            return _End(Outcome.BROKEN, "suite", f"The suite skipped this check: {error.msg}")
        case pytest.fail.Exception():
            return _End(Outcome.FAILED, "value", error.msg or _NOT_RIGHT)
        case AssertionError():
            # With --assert=plain the text is what the suite's author wrote, unless a library raised it, whose text
            # may hold expected values.
            own = _raised_in(error, suite) and str(error)
            return _End(Outcome.FAILED, "value", str(error) if own else _NOT_RIGHT)
    if _is_ours(error):
        return _End(Outcome.BROKEN, "grader", f"The grader met an error of its own ({type(error).__name__}: {error}).")
    return _End(Outcome.FAILED, "type", "What the code returned has a form that the check cannot use.")


_NOT_RIGHT = "The result is not what it should be."
_NO_WORDS = "The code ended with an error that says nothing."
_OUR_FILES = {str(Path(__file__).with_name(name)) for name in ("link.py", "sandbox.py", "student.py", "examiner.py")}


def _raised_in(error: BaseException, suite: Path) -> bool:
    files = _files(error)
    return bool(files) and Path(files[-1]) == suite


def _is_ours(error: BaseException) -> bool:
    """Whether ``error`` came out of the machinery between the suite and the worker."""
    return any(file in _OUR_FILES for file in _files(error))


def _files(error: BaseException) -> list[str]:
    return [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]


def _student_raised(report: StudentReport, place: Place) -> _End:
    """The words for an exception in the student's code, with the student's own line."""
    where = ""
    if report.lines:
        number, text = report.lines[-1]
        where = f" ({place(number)}: `{text}`)" if text else f" ({place(number)})"
    said = f"{report.type}: {report.message}" if report.message else report.type
    match report.kind:
        case "missing":
            return _End(Outcome.CRASHED, "missing function", report.message)
        case "syntax":
            return _End(Outcome.CRASHED, "syntax", f"The file is not valid Python: {report.message}{where}.")
        case "import":
            here = "Only PyTorch, NumPy and Python's own library are here."
            return _End(Outcome.CRASHED, "import", f"{said}{where}. {here}")
        case "memory":
            return _End(Outcome.CRASHED, "memory", f"The code ran out of the memory that it may use{where}.")
        case "exit":
            return _End(Outcome.CRASHED, "exit", f"The code ended the program with sys.exit{where}.")
        case "unsendable":
            return _End(Outcome.FAILED, "size", f"The code returned {report.message or 'what cannot be sent'}.")
        case "probe":
            return _End(Outcome.FAILED, "shape", report.message)
    if report.type == "NotImplementedError" and "NotImplementedError" in where:
        return _End(Outcome.CRASHED, "not written", f"Not written yet{where}.")
    closed = " Files, network and processes are closed here." if report.type == "PermissionError" else ""
    return _End(Outcome.CRASHED, "exception", f"{said}{where}.{closed}")
