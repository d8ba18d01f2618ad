"""How one check ended: from an exception to an outcome, a cause and words for the student."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.diagnosis import Trace
from grader.exercise import CourseError
from grader.link import StudentRaised, StudentReport, WorkerEnded
from grader.result import Outcome, Verdict, shown
from grader.signatures import Diagnosis
from grader.suite import Check
from grader.testing import Awarded, CheckFailed
from grader.transcript import Exchange

MAX_MESSAGE = 400  # of an exception, so that the student's line has room beside it
Place = Callable[[int], tuple[str, str]]  # line of the source → where the student finds it, and its text


def nowhere(line: int) -> tuple[str, str]:
    """The place of a line in a source that no student wrote."""
    return f"line {line}", ""


@dataclass(frozen=True)
class End:
    """The end of one check; ``partial`` is the part of its points that the suite awarded."""

    outcome: Outcome
    cause: str = ""
    words: str = ""
    partial: float | None = None
    case: str = ""  # that it ended in
    exchanges: tuple[Exchange, ...] | None = ()  # of that case

    @property
    def trace(self) -> Trace:
        return Trace(self.outcome, self.case, self.exchanges)

    @property
    def part(self) -> float:
        """The part of the points that is earned."""
        if self.partial is not None:
            return self.partial
        return 1.0 if self.outcome is Outcome.PASSED else 0.0


def verdict_on(check: Check, end: End, known: Diagnosis | None, seconds: float) -> Verdict:
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


def end_of(error: BaseException, suite: Path, place: Place, *, detailed: bool = False) -> End:
    """How a check of ``suite`` ended that raised ``error``; ``detailed``: the student may read what was expected."""
    match error:
        case CheckFailed():
            detail = f" {error.detail[:1].upper()}{error.detail[1:]}." if detailed and error.detail else ""
            return End(Outcome.FAILED, error.cause, error.feedback + detail)
        case Awarded():
            return End(Outcome.FAILED, "part", error.feedback, partial=error.part)
        case WorkerEnded():
            return End(Outcome(error.outcome), error.cause, error.words)
        case StudentRaised():
            return _student_raised(error.report, place)
        case CourseError():  # a fixture met a file that is not as it should be
            return End(Outcome.BROKEN, "suite", str(error))
        case pytest.skip.Exception():
            return End(Outcome.BROKEN, "suite", f"The suite skipped this check: {error.msg}")
        case pytest.fail.Exception():
            return End(Outcome.FAILED, "value", error.msg or _NOT_RIGHT)
        case AssertionError():
            # With --assert=plain the text is what the suite's author wrote, unless a library raised it, whose text
            # may hold expected values.
            own = _raised_in(error, suite) and str(error)
            return End(Outcome.FAILED, "value", str(error) if own else _NOT_RIGHT)
    if _is_ours(error):
        return End(Outcome.BROKEN, "grader", f"The grader met an error of its own ({type(error).__name__}: {error}).")
    return End(Outcome.FAILED, "type", "What the code returned has a form that the check cannot use.")


_NO_WORDS = "The code ended with an error that says nothing."
_NOT_RIGHT = "The result is not what it should be."
_OUR_FILES = {str(Path(__file__).with_name(name)) for name in ("link.py", "sandbox.py", "student.py", "examiner.py")}


def _raised_in(error: BaseException, suite: Path) -> bool:
    files = _files(error)
    return bool(files) and Path(files[-1]) == suite


def _is_ours(error: BaseException) -> bool:
    """Whether ``error`` came out of the machinery between the suite and the worker."""
    return any(file in _OUR_FILES for file in _files(error))


def _files(error: BaseException) -> list[str]:
    return [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]


def _student_raised(report: StudentReport, place: Place) -> End:
    """The words for an exception in the student's code, with the student's own line."""
    where, text = place(report.lines[-1]) if report.lines else ("", "")
    where = f" ({where}: `{text}`)" if text else f" ({where})" if where else ""
    message = shown(report.message, MAX_MESSAGE)
    said = f"{report.type}: {message}" if message else report.type
    match report.kind:
        case "missing":
            return End(Outcome.CRASHED, "missing function", message)
        case "syntax":
            return End(Outcome.CRASHED, "syntax", f"The file is not valid Python: {message}{where}.")
        case "import":
            here = "Only PyTorch, NumPy, Matplotlib and Python's own library can be counted on here."
            return End(Outcome.CRASHED, "import", f"{said}{where}. {here}")
        case "memory":
            return End(Outcome.CRASHED, "memory", f"The code ran out of the memory that it may use{where}.")
        case "exit":
            return End(Outcome.CRASHED, "exit", f"The code ended the program with sys.exit{where}.")
        case "unsendable":
            return End(Outcome.FAILED, "size", f"The code returned {message or 'what cannot be sent'}.")
        case "probe":
            return End(Outcome.FAILED, "shape", message)
    if report.type == "NotImplementedError" and "NotImplementedError" in where:
        return End(Outcome.CRASHED, "not written", f"Not written yet{where}.")
    closed = " Files, network and processes are closed here." if report.type == "PermissionError" else ""
    return End(Outcome.CRASHED, "exception", f"{said}{where}.{closed}")
