"""What the course's own variants answer to a public suite, recorded when the exercise is released.

Students get no misconceptions: each is the solution but for one mistake. They get the answers that these give to the
public checks, in ``diagnoses.json``; so a self-check can say which mistake gives a student's numbers, on a machine
that holds no solution. What the reference answers is what the public suite expects anyway.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.diagnosis import Trace
from grader.examiner import Knowledge, SuiteExaminer
from grader.exercise import CourseError, Exercise, read_text
from grader.plugin import PLAIN_SEED
from grader.reference import Reference
from grader.replay import converse, explanation
from grader.result import Outcome
from grader.sandbox import Limits
from grader.transcript import Exchange
from grader.worker import wire

FILE = "diagnoses.json"
MAX_BYTES = 256 * 1024  # of one exercise's file: it goes to every student
_UNLIMITED = Limits(cpu_seconds=60, total_cpu_seconds=float("inf"))


def record(exercise: Exercise, current: str = "") -> str:
    """The text of ``diagnoses.json`` for an exercise below ``solutions/``; ``current`` when that is still right.

    Last bits of numbers differ between machines. So a file is made anew only when what it was made of has changed.
    """
    digest = _digest(exercise)
    if _made_of(current) == digest:
        return current
    with SuiteExaminer(exercise, exercise.public_suite, PLAIN_SEED) as examiner:
        reference = converse(exercise, read_text(exercise.code), _UNLIMITED)
        right = {case: list(map(_plain, said)) for case, said in examiner.exchanges(reference).items()}
        mistakes = {}
        for path in exercise.misconceptions:
            if words := explanation(path):
                traces = examiner.traces(converse(exercise, read_text(path), _UNLIMITED))
                told = {name: _told(trace) for name, trace in traces.items() if not trace.passed}
                if told:
                    mistakes[path.stem] = _packed([words, told])
    text = json.dumps({"of": digest, "reference": _packed(right), "misconceptions": mistakes}, indent=1) + "\n"
    if len(text) > MAX_BYTES:
        words = (
            f"{exercise.public_suite}: what is said in it takes {len(text) // 1024} KB, more than {MAX_BYTES // 1024}"
        )
        raise CourseError(f"{words}: make the data of public checks smaller.")
    return text


def read(folder: Path, exercise: Exercise) -> Knowledge | None:
    """What is recorded in the released ``folder``; None where there is nothing that this version can read.

    ``exercise`` tells the parameters of its functions and probes.
    """
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        misconceptions = [_Recorded(name, *_unpacked(packed)) for name, packed in found["misconceptions"].items()]
        oracle = _RecordedReference(_unpacked(found["reference"]), exercise)
    except (OSError, ValueError, KeyError, TypeError, zlib.error, wire.ProtocolError):
        return None
    return Knowledge(misconceptions, oracle)


@dataclass(frozen=True)
class _Recorded:
    """A misconception: its explanation, and how it ended in the checks that it does not pass."""

    name: str
    words: str
    told: Mapping[str, Sequence[Any]]

    def trace(self, check: str) -> Trace:
        if check not in self.told:
            return Trace(Outcome.PASSED)
        outcome, case, said = self.told[check]
        return Trace(Outcome(outcome), case, tuple(map(_exchange, said)))


class _RecordedReference:
    """The reference as far as it was recorded: it cannot be asked about anything else."""

    is_quick = False

    def __init__(self, said: Mapping[str, Sequence[Any]], exercise: Exercise) -> None:
        self._said = said
        self._signatures = Reference(exercise.code, exercise.folder / "probes.py")

    def exchanges(self, check: str, case: str) -> Sequence[Exchange]:
        return tuple(map(_exchange, self._said.get(case, ())))

    def ask(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
        return None

    def bind(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        return self._signatures.bind(op, name, args, kwargs)

    def defaults(self, op: str, name: str) -> dict[str, Any]:
        return self._signatures.defaults(op, name)


# --- the form of the file -----------------------------------------------------------------------------------------


def _digest(exercise: Exercise) -> str:
    """SHA-256 over all that the file is made of."""
    digest = hashlib.sha256()
    for path in (exercise.code, exercise.public_suite, exercise.folder / "probes.py", *exercise.misconceptions):
        content = path.read_bytes() if path.exists() else b""
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _made_of(text: str) -> str:
    try:
        return str(json.loads(text)["of"])
    except (ValueError, KeyError, TypeError):
        return ""


def _told(trace: Trace) -> list[Any]:
    return [trace.outcome.value, trace.case, list(map(_plain, trace.exchanges or ()))]


def _plain(exchange: Exchange) -> list[Any]:
    asked = wire.decode(exchange.asked)
    return [exchange.op, exchange.name, asked, exchange.value, list(exchange.changes or ()), exchange.error]


def _exchange(plain: Sequence[Any]) -> Exchange:
    op, name, asked, value, changes, error = plain
    return Exchange(op, name, wire.encode(asked), value, changes, error)


def _packed(value: Any) -> str:
    return base64.b64encode(zlib.compress(wire.encode(value), 9)).decode()


def _unpacked(text: str) -> Any:
    return wire.decode(zlib.decompress(base64.b64decode(text)))
