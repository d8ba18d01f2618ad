"""What a student reads below the cell: as HTML in a notebook, as text in a console.

All that a student's code may have had a hand in is escaped. Colours are JupyterLab's own where there are any, so the
page fits its light and its dark theme; styles stand in the elements, for notebooks that are shown elsewhere.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass

from grader.result import Outcome, Result, Verdict

_MARKS = {Outcome.PASSED: "✓", Outcome.BLOCKED: "·", Outcome.BROKEN: "?"}
_GREEN = "var(--jp-success-color1, #2e7d32)"
_RED = "var(--jp-error-color1, #d32f2f)"
_GREY = "var(--jp-ui-font-color2, #757575)"
_LINE = "var(--jp-border-color2, #bdbdbd)"
_BACK = "var(--jp-layout-color2, rgba(128, 128, 128, 0.12))"
_MONO = "font-family: var(--jp-code-font-family, monospace); font-size: var(--jp-code-font-size, 13px)"
_COMPARED = re.compile(r"Found (?P<found>\S+), expected (?P<expected>\S+?)\.(?=\s|$)")
_HIDDEN = "Grading runs hidden checks as well."


@dataclass(frozen=True)
class Report:
    """One checked exercise."""

    title: str
    result: Result
    printed: str = ""  # the end of what the code printed
    unstarted: bool = False  # it is the template still
    notes: tuple[str, ...] = ()  # on how the source was put together
    numbered: bool = False  # places name cells by the numbers beside them

    @property
    def first_failure(self) -> Verdict | None:
        return next((check for check in self.result.checks if check.outcome is not Outcome.PASSED), None)

    @property
    def fails_as_a_whole(self) -> bool:
        """Whether one cause, such as a file that does not load, is the end of every check."""
        checks = self.result.checks
        same = len({(check.cause, check.feedback) for check in checks}) == 1
        return len(checks) > 1 and same and checks[0].outcome is Outcome.CRASHED

    @property
    def points(self) -> str:
        return f"{self.result.score or 0:g} of {self.result.max_score:g} points"

    @property
    def closing(self) -> str:
        if self.result.outcome is Outcome.PASSED:
            return f"All checks that you can see pass. {_HIDDEN}"
        return _HIDDEN

    def _repr_html_(self) -> str:
        return as_html(self)

    def __repr__(self) -> str:
        return as_text(self)


# --- HTML ---------------------------------------------------------------------------------------------------------


def as_html(report: Report) -> str:
    passed = report.result.outcome is Outcome.PASSED
    edge = _GREY if report.unstarted else _GREEN if passed else _RED
    style = (
        f"border: 1px solid {_LINE}; border-left: 4px solid {edge}; border-radius: 4px; padding: 10px 14px; "
        "margin: 4px 0; max-width: 52em; line-height: 1.5; color: var(--jp-content-font-color1, inherit); "
        "font-family: var(--jp-content-font-family, sans-serif); font-size: var(--jp-content-font-size1, 14px)"
    )
    parts = [_head(report)]
    if report.unstarted:
        parts.append(_block(_words(_not_started(report))))
    else:
        parts += [_table(report), _printed(report.printed)]
    parts += [_block(f'<span style="color: {_GREY}">{_words(note)}</span>') for note in report.notes]
    if not report.unstarted:
        foot = f"{report.closing} {_numbering(report)}".strip()
        parts.append(f'<div style="color: {_GREY}; font-size: 0.9em; margin-top: 8px">{_words(foot)}</div>')
    return f'<div style="{style}">{"".join(parts)}</div>'


def _head(report: Report) -> str:
    name, title = html.escape(report.result.exercise), html.escape(report.title)
    points = "not started" if report.unstarted else report.points
    colour = _GREEN if report.result.outcome is Outcome.PASSED and not report.unstarted else "inherit"
    return (
        '<div style="display: flex; justify-content: space-between; gap: 1em; margin-bottom: 4px">'
        f'<span><b>{title}</b>&nbsp; <span style="color: {_GREY}; {_MONO}">{name}</span></span>'
        f'<b style="color: {colour}; white-space: nowrap">{points}</b></div>'
    )


def _table(report: Report) -> str:
    first = report.first_failure
    if first is not None and report.fails_as_a_whole:
        return _check_line(f"{_RED}", "✗", "The checks could not run.", "") + _why(first)
    rows = []
    for check in report.result.checks:
        colour = {Outcome.PASSED: _GREEN, Outcome.BLOCKED: _GREY, Outcome.BROKEN: _GREY}.get(check.outcome, _RED)
        points = f"{check.score or 0:g} of {check.points:g}"
        rows.append(_check_line(colour, _mark(check), check.title, points))
        if check is first:
            rows.append(_why(check))
    return "".join(rows)


def _check_line(colour: str, mark: str, title: str, points: str) -> str:
    return (
        '<div style="display: flex; gap: 0.7em">'
        f'<b style="color: {colour}; width: 1em; text-align: center">{mark}</b>'
        f'<span style="flex: 1">{_words(title)}</span>'
        f'<span style="color: {_GREY}; white-space: nowrap">{points}</span></div>'
    )


def _why(check: Verdict) -> str:
    """The words on one failure; where two numbers are compared, they stand below each other."""
    said, compared, explanation = _parted(check)
    parts = [f"<div>{_words(said)}</div>"] if said else []
    if compared:
        rows = "".join(
            f'<span style="color: {_GREY}">{label}</span><span style="{_MONO}">{html.escape(value)}</span>'
            for label, value in zip(("found", "expected"), compared, strict=True)
        )
        parts.append(
            '<div style="display: grid; grid-template-columns: max-content auto; column-gap: 1em; margin: 4px 0">'
            f"{rows}</div>"
        )
    if explanation:
        parts.append(f"<div><b>{_words(explanation)}</b></div>")
    style = f"margin: 4px 0 8px 1.7em; padding: 6px 12px; background: {_BACK}; border-radius: 4px"
    return f'<div style="{style}; overflow-wrap: anywhere">{"".join(parts)}</div>'


def _printed(text: str) -> str:
    if not text:
        return ""
    style = f"{_MONO}; margin: 2px 0; padding: 6px 12px; background: {_BACK}; white-space: pre-wrap; overflow-x: auto"
    shown = f'<pre style="{style}; overflow-wrap: anywhere; color: inherit">{html.escape(text)}</pre>'
    return _block(f'<span style="color: {_GREY}">Your code printed:</span>{shown}')


def _block(inner: str) -> str:
    return f'<div style="margin-top: 8px">{inner}</div>'


def _words(text: str) -> str:
    """Escaped; what stands between backticks is code."""
    style = f"{_MONO}; background: {_BACK}; padding: 0 3px; color: inherit"
    return re.sub(r"`([^`\n]+)`", rf'<code style="{style}">\1</code>', html.escape(text))


# --- text ---------------------------------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    lines = [f"{report.result.exercise}  {report.title}"]
    if report.unstarted:
        lines += _wrapped(_not_started(report), 2)
    else:
        lines += _checks_as_text(report)
        if report.printed:
            lines += ["", "  Your code printed:", *textwrap.indent(report.printed, "    ").split("\n")]
        lines.append("")
    for note in report.notes:
        lines += _wrapped(note, 2)
    if not report.unstarted:
        lines += _wrapped(f"{report.points}. {report.closing} {_numbering(report)}".strip(), 2)
    return "\n".join(lines)


def _checks_as_text(report: Report) -> list[str]:
    first = report.first_failure
    if first is not None and report.fails_as_a_whole:
        return ["  ✗ The checks could not run.", *_wrapped(first.feedback, 6)]
    lines = []
    for check in report.result.checks:
        lost = "" if check.score == check.points else f"  ({check.score or 0:g} of {check.points:g})"
        lines.append(f"  {_mark(check)} {check.title}{lost}")
        if check is first:
            said, compared, explanation = _parted(check)
            lines += _wrapped(said, 6)
            if compared:
                lines += [f"      found     {compared[0]}", f"      expected  {compared[1]}"]
            lines += _wrapped(explanation, 6)
    return lines


def _wrapped(text: str, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, 100, initial_indent=space, subsequent_indent=space, break_long_words=False)


# --- words --------------------------------------------------------------------------------------------------------


def _mark(check: Verdict) -> str:
    return _MARKS.get(check.outcome, "✗")


def _parted(check: Verdict) -> tuple[str, tuple[str, str] | None, str]:
    """The words of a verdict, the two numbers that they compare, and the explanation."""
    said = check.feedback.removesuffix(check.explanation).strip()
    match = _COMPARED.search(said)
    if match is None:
        return said, None, check.explanation
    rest = f"{said[: match.start()].strip()} {said[match.end() :].strip()}".strip()
    return rest, (match["found"], match["expected"]), check.explanation


def _not_started(report: Report) -> str:
    name = report.result.exercise
    return f"Not started yet: {name} is still the template. Write your solution, run its cell, and check again."


def _numbering(report: Report) -> str:
    """How to find the cells that are named; nothing where none is."""
    first = report.first_failure
    said = " ".join([*report.notes, first.feedback if first else ""])
    named = report.numbered and re.search(r"\bcell \d", said)
    return "Cells have the numbers that stand beside them: cell 3 is [3]." if named else ""
