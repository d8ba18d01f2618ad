"""What grading yields: a verdict for every check, a result for every submission; to and from versioned JSON.

The form of the JSON is documented in ``docs/results.md``. It holds no code, no expected value and no seed.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

SCHEMA = 1
MAX_WORDS = 900  # characters of what a student reads about one check
_HARMLESS = "\n\xa0\u3000\u200c\u200d"  # isprintable() denies it: spaces, and joiners that some names are spelled with


class Outcome(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"  # the code ran and its answer is not right
    CRASHED = "crashed"  # the code raised an exception or took its process down
    TIMEOUT = "timeout"
    BLOCKED = "blocked"  # a check it needs did not pass, or there is nothing to run
    BROKEN = "broken"  # our fault: no score, never a zero


@dataclass(frozen=True)
class Verdict:
    """How one check ended for one submission."""

    name: str  # of the test function
    title: str  # first line of its docstring
    points: float
    outcome: Outcome
    score: float | None  # None when broken
    cause: str = ""  # one word for tables: "shape", "syntax", "cpu" … ("" when passed)
    feedback: str = ""  # for the student
    seconds: float = 0.0
    diagnosis: str = ""  # the mistake's name, the same for all who made it ("" when it is not known)
    explanation: str = ""  # what the diagnosis says: the end of the feedback


@dataclass(frozen=True)
class Provenance:
    """What a score depends on: the same provenance gives the same score."""

    submission: str  # SHA-256 of the source that ran ("" when nothing was handed in)
    suite: str  # SHA-256 over the exercise's suite, reference, probes and limits
    seed: str  # fingerprint of the course's seed, not the seed
    device: str
    isolation: tuple[str, ...]  # layers of confinement that were on
    versions: dict[str, str]  # gradstep, python, torch, platform


@dataclass(frozen=True)
class Result:
    """All verdicts of one submission."""

    student: str
    exercise: str  # track/name
    checks: tuple[Verdict, ...]
    provenance: Provenance
    seconds: float = 0.0  # of wall time, in the grader
    notes: tuple[str, ...] = field(default=())  # for the instructor: what intake refused or set aside

    @property
    def max_score(self) -> float:
        return sum(check.points for check in self.checks)

    @property
    def score(self) -> float | None:
        """The sum over the checks; None when one of them is broken."""
        scores = [check.score for check in self.checks]
        return None if None in scores else sum(score for score in scores if score is not None)

    @property
    def outcome(self) -> Outcome:
        """``passed`` when every check did, ``broken`` when one of them is; else how the first other one ended."""
        ends = [check.outcome for check in self.checks if check.outcome is not Outcome.PASSED]
        if Outcome.BROKEN in ends:
            return Outcome.BROKEN
        return ends[0] if ends else Outcome.PASSED

    @property
    def cause(self) -> str:
        """The cause of the first check that did not pass."""
        return next((check.cause for check in self.checks if check.outcome is not Outcome.PASSED), "")

    @property
    def feedback(self) -> str:
        """The words of the first check that did not pass."""
        return next((check.feedback for check in self.checks if check.outcome is not Outcome.PASSED), "")

    def to_json(self) -> dict[str, Any]:
        """Plain data, with the derived fields written out for readers in other languages."""
        return {
            "schema": SCHEMA,
            "student": self.student,
            "exercise": self.exercise,
            "outcome": self.outcome.value,
            "cause": self.cause,
            "feedback": self.feedback,
            "score": self.score,
            "max_score": self.max_score,
            "seconds": self.seconds,
            "notes": list(self.notes),
            "checks": [vars(check) | {"outcome": check.outcome.value} for check in self.checks],
            "provenance": dict(vars(self.provenance)),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Result:
        """The result that :meth:`to_json` wrote; ValueError for anything else."""
        if data.get("schema") != SCHEMA:
            raise ValueError(f"a result of schema {data.get('schema')!r}; this version reads schema {SCHEMA}")
        try:
            checks = tuple(Verdict(**check | {"outcome": Outcome(check["outcome"])}) for check in data["checks"])
            provenance = Provenance(**data["provenance"] | {"isolation": tuple(data["provenance"]["isolation"])})
            return cls(data["student"], data["exercise"], checks, provenance, data["seconds"], tuple(data["notes"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"a result with a missing or unknown field: {error}") from error


def save(result: Result, path: Path) -> None:
    """Write ``result`` to ``path`` at one stroke: a reader, or a crash, meets the old file or the new one."""
    write_atomically(path, json.dumps(result.to_json(), indent=2, ensure_ascii=False) + "\n")


def load(path: Path) -> Result:
    """The result at ``path``; ValueError, naming the file, when it holds none."""
    try:
        return Result.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{path} does not hold a result: {error}") from error


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` beside ``path``, flush it to the disk, then rename it over ``path``."""
    write_bytes_atomically(path, text.encode("utf-8"))


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """:func:`write_atomically` for what is no text. Raises OSError that names ``path``."""
    try:
        _write(path, content)
    except OSError as error:  # most often a disk that is full, which does not say where it is
        raise type(error)(error.errno, error.strerror, error.filename or str(path)) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def printable(text: str) -> str:
    """``text`` with every control character made visible: what a student wrote must not repaint a terminal."""
    return "".join(c if c.isprintable() or c in _HARMLESS else c.encode("unicode_escape").decode() for c in text)


def one_line(text: str) -> str:
    """:func:`printable`, and the ends of lines made visible too: a name must not begin a line of its own."""
    return printable(text).replace("\n", "\\n")


def shown(text: str, limit: int = MAX_WORDS) -> str:
    """:func:`printable`, and cut where it goes on for longer than ``limit`` characters."""
    text = printable(text[: limit + 1])  # first cut: a megabyte may be a forged one
    return text if len(text) <= limit else f"{text[: limit - 2]} …"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
