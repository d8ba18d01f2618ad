"""The course's own variants on two devices: which checks end otherwise?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.ending import nowhere
from grader.examiner import Examiner
from grader.exercise import Exercise, read_text
from grader.replay import converse
from grader.result import Verdict
from grader.sandbox import Limits

FAKE_SECONDS = 60.0  # the fake GPU takes twenty times as long as the CPU that it is


@dataclass(frozen=True)
class Difference:
    """One check of one variant that ends in two ways."""

    exercise: str
    variant: str
    check: str
    on_cpu: str
    on_cuda: str


def variants(exercise: Exercise, *, wrong: bool = True) -> Iterator[Path]:
    """The reference, the alternatives, and the misconceptions unless only the right ones are wanted."""
    yield exercise.code
    yield from exercise.alternatives
    yield from exercise.misconceptions if wrong else ()


def verdicts(
    exercise: Exercise, device: str, paths: Sequence[Path], cpu_seconds: float | None = None
) -> dict[Path, tuple[Verdict, ...]]:
    """What the hidden suite says of each, in this process; each check has ``cpu_seconds``, or the exercise's limit."""
    limits = Limits(cpu_seconds or Limits.of(exercise).cpu_seconds, total_cpu_seconds=float("inf"))
    with Examiner(exercise, "a seed", device) as examiner:
        return {
            path: examiner.examine(converse(exercise, read_text(path), limits), nowhere, explain=False)
            for path in paths
        }


def differences(
    exercise: Exercise, on_cpu: dict[Path, tuple[Verdict, ...]], on_cuda: dict[Path, tuple[Verdict, ...]]
) -> list[Difference]:
    """Checks that end with another outcome, cause or score."""
    found = []
    for path, verdicts_on_cpu in on_cpu.items():
        for one, other in zip(verdicts_on_cpu, on_cuda[path], strict=True):
            if (one.outcome, one.cause, one.score) != (other.outcome, other.cause, other.score):
                name = f"{path.parent.name}/{path.stem}" if path != exercise.code else "reference"
                found.append(Difference(exercise.name, name, one.name, _words(one), _words(other)))
    return found


def _words(verdict: Verdict) -> str:
    return f"{verdict.outcome.value} {verdict.cause}: {verdict.feedback[:160]}".strip(" :")
