"""What a student reads after a check: one line a check, and the first failure in full."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.checking import Checked
from grader.exercise import Exercise
from grader.result import Outcome, Verdict

_MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.CRASHED: ("✗", "red"),
    Outcome.TIMEOUT: ("✗", "red"),
    Outcome.BLOCKED: ("·", "dim"),
    Outcome.BROKEN: ("?", "yellow"),
}


def page(exercise: Exercise, checked: Checked, where: str) -> RenderableType:
    """The whole report; ``where`` is the student's file."""
    result = checked.result
    title = Text.assemble((exercise.name, "bold"), "  ", exercise.title, ("  " + where, "dim"))
    if checked.unstarted:
        words = f"Not begun: {where} is still the template. Its statement is README.md beside it."
        return Group(title, Padding(Text(words), (0, 0, 0, 2)))
    first = next((v for v in result.checks if v.outcome is not Outcome.PASSED), None)
    if first is not None and _same_for_all(result.checks):  # the file does not even load: say it once
        lines: list[RenderableType] = [Text("  ✗ The checks could not run.", style="red"), _words(first)]
    else:
        lines = [part for verdict in result.checks for part in _check(verdict, in_full=verdict is first)]
    return Group(title, *lines, *_printed(checked.printed), Text(), _summary(checked))


def summary(checked: Checked) -> str:
    """The points, and what is still to come, in a line."""
    result = checked.result
    points = f"{result.score or 0:g} of {result.max_score:g} points"
    milliseconds = f"{result.seconds * 1000:.0f} ms"
    if result.outcome is Outcome.PASSED:
        return f"{points} · {milliseconds} · All public checks pass. Grading runs hidden checks as well."
    return f"{points} · {milliseconds} · Hidden checks come with grading."


def _summary(checked: Checked) -> RenderableType:
    passed = checked.result.outcome is Outcome.PASSED
    return Padding(Text(summary(checked), style="green" if passed else ""), (0, 0, 0, 2))


def _check(verdict: Verdict, *, in_full: bool) -> list[RenderableType]:
    mark, style = _MARKS[verdict.outcome]
    row = Table.grid(padding=(0, 1))
    row.add_column(width=3, justify="right")
    row.add_column()
    row.add_column(style="dim", no_wrap=True)
    lost = verdict.score != verdict.points
    row.add_row(
        Text(mark, style=style), Text(verdict.title), f"{verdict.score or 0:g} of {verdict.points:g}" if lost else ""
    )
    return [row, _words(verdict)] if in_full else [row]


def _words(verdict: Verdict) -> RenderableType:
    """What went wrong, and below it what that comes from, where it is known."""
    said = verdict.feedback.removesuffix(verdict.explanation).strip() if verdict.explanation else verdict.feedback
    lines = [Text(said)] if said else []
    if verdict.explanation:
        lines.append(Text(verdict.explanation, style="bold"))
    return Padding(Group(*lines), (0, 2, 0, 6))


def _printed(text: str) -> list[RenderableType]:
    if not text:
        return []
    return [Text(), Text("  Your code printed:", style="dim"), Padding(Text(text), (0, 0, 0, 4))]


def _same_for_all(verdicts: tuple[Verdict, ...]) -> bool:
    return len({(v.cause, v.feedback) for v in verdicts}) == 1 and verdicts[0].outcome is Outcome.CRASHED
