"""The course's own variants of an exercise, played to the same checks as a submission: for diagnosis and for audit."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.diagnosis import Trace
from grader.direct import Around, DirectSandbox
from grader.exercise import CourseError, Exercise, read_text
from grader.link import StudentRaised, WorkerEnded
from grader.reference import Reference
from grader.sandbox import Limits
from grader.student import Conversation
from grader.transcript import Exchange

QUICK_STEPS = 2500  # of one answer; seconds would make what a student is told a matter of the machine
Run = Callable[[str, Conversation], Trace]  # play one check to a variant


def converse(
    exercise: Exercise,
    source: str,
    limits: Limits | None = None,
    change: Callable[[ModuleType], object] = lambda module: None,
    around: Around = contextlib.nullcontext,
) -> Conversation:
    """A conversation with a variant in this process; see :class:`~grader.direct.DirectSandbox`."""
    sandbox = DirectSandbox(change, around)
    return Conversation(sandbox, exercise.short_name, source, exercise.probes, limits or Limits.of(exercise))


def explanation(path: Path) -> str:
    """The first line of the docstring of a misconception; "" when it has none, or is not valid Python."""
    try:
        words = ast.get_docstring(ast.parse(read_text(path))) or ""
    except (CourseError, SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return words.partition("\n")[0]


class Variant:
    """A misconception and how it fares in each check, found out when somebody asks, once."""

    def __init__(self, exercise: Exercise, path: Path, run: Run) -> None:
        self.name = path.stem
        self.words = explanation(path)
        limits = Limits.of(exercise)
        unlimited = Limits(limits.cpu_seconds, float("inf"), limits.memory_mb)
        self._conversation = converse(exercise, read_text(path), unlimited)
        self._run = run
        self._traces: dict[str, Trace] = {}

    def trace(self, check: str) -> Trace:
        if check not in self._traces:
            self._traces[check] = self._run(check, self._conversation)
        return self._traces[check]

    def forget(self) -> None:
        """Data have changed: what was found out does not hold any more."""
        self._traces.clear()


class ReferenceOracle:
    """What the reference says to the questions of a case, and to others."""

    def __init__(
        self, exercise: Exercise, reference: Reference, play: Callable[[str, str, Conversation], Sequence[Exchange]]
    ) -> None:
        from grader.effort import Effort  # imports torch

        source = read_text(exercise.code)
        limits = Limits(cpu_seconds=60, total_cpu_seconds=float("inf"))
        self._effort = Effort(f"{exercise.short_name}.py", "probes.py")
        self._played = converse(exercise, source, limits, around=self._effort.counted)
        self._asked = converse(exercise, source, limits)  # much more often: counting would slow it down
        self._reference = reference
        self._play = play
        self._known: dict[str, tuple[Sequence[Exchange], int]] = {}  # what was said, in how many steps
        self.is_quick = True

    def exchanges(self, check: str, case: str) -> Sequence[Exchange]:
        """What the reference says in this case of this check."""
        if case not in self._known:
            self._effort.restart()
            exchanges = self._play(check, case, self._played)
            self._known[case] = exchanges, self._effort.steps
        exchanges, steps = self._known[case]
        self.is_quick = steps <= QUICK_STEPS * max(1, len(exchanges))
        return exchanges

    def forget(self) -> None:
        """Data have changed: what was said does not hold any more."""
        self._known.clear()

    def ask(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> Exchange | None:
        """What it says to another question; None when it cannot."""
        self._asked.begin(0, new_check=True)  # what it draws does not depend on what was asked before
        try:
            self._asked.ask(op, name, args, kwargs)
        except (StudentRaised, WorkerEnded):
            return None
        said = self._asked.transcript
        return said[0] if said else None

    def bind(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        """The arguments by name, those left out with their defaults; of a "vjp" the function's inputs."""
        return self._reference.bind(op, name, args, kwargs)

    def defaults(self, op: str, name: str) -> dict[str, Any]:
        """The defaults of its parameters."""
        return self._reference.defaults(op, name)
