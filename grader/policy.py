"""What an exercise forbids: names that give the answer away, whose use costs the points of checks.

This is policy, not security: right numbers by a forbidden route are right numbers. A use that is seen, in the syntax
tree or while the code ran, is a verdict, explained to the student. What could hide one is a note for the instructor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from grader.result import Outcome, Verdict, printable

MAX_NAMED = 3  # suspicious constructs in a note
_MAX_FOUND = 50
Place = Callable[[int], tuple[str, str]]


@dataclass(frozen=True)
class Forbidden:
    """``names`` and all that lies below them; a use takes the points of ``checks``, or of all when there are none."""

    names: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass
class Findings:
    """What was found in one submission: forbidden name, or suspicious construct → line of its source."""

    used: dict[str, int] = field(default_factory=dict)
    suspicious: dict[str, int] = field(default_factory=dict)

    def add(self, used: Any, suspicious: Any = ()) -> None:
        """Add what a worker claims; what has another form is left out."""
        for known, claimed in ((self.used, used), (self.suspicious, suspicious)):
            for name, line in _pairs(claimed):
                if len(known) < _MAX_FOUND:
                    known.setdefault(name, line)


def _pairs(claimed: Any) -> list[tuple[str, int]]:
    pairs = claimed if type(claimed) is list else []
    return [
        (printable(pair[0][:100]), pair[1])
        for pair in pairs[:_MAX_FOUND]
        if type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str and type(pair[1]) is int
    ]


def judged(
    verdicts: tuple[Verdict, ...], forbidden: Forbidden, findings: Findings, place: Place
) -> tuple[Verdict, ...]:
    """``verdicts`` without the points that a forbidden name has earned."""
    used = [name for name in findings.used if name in forbidden.names]
    if not used:
        return verdicts
    rule = f"`{used[0]}` may not be used in this exercise"
    words = f"{rule}{_at(findings.used[used[0]], place)}. Work it out yourself: that is what it is about."
    costs = forbidden.checks or [verdict.name for verdict in verdicts]
    return tuple(_without_points(v, rule, words) if v.name in costs and v.score else v for v in verdicts)


def _at(line: int, place: Place) -> str:
    if not line:  # it was called, and nothing in the file says where
        return ""
    where, text = place(line)
    return f" ({where}: `{text}`)" if text else f" ({where})"


def notes(student: str, exercise: str, findings: Findings, place: Place) -> tuple[str, ...]:
    """For the instructor: constructs that could hide the use of a name."""
    if not findings.suspicious:
        return ()
    named = [f"{what} ({place(line)[0]})" for what, line in findings.suspicious.items()]
    more = f" and {len(named) - MAX_NAMED} more" if len(named) > MAX_NAMED else ""
    found = f"{', '.join(named[:MAX_NAMED])}{more}"
    return (f"{student}: {exercise} uses {found}, which can hide a forbidden name. Please look; it costs no points.",)


def _without_points(verdict: Verdict, rule: str, words: str) -> Verdict:
    return replace(
        verdict,
        outcome=Outcome.FAILED,
        score=0.0,
        cause="forbidden",
        feedback=words,
        diagnosis="forbidden",
        explanation=f"{rule}.",
    )
