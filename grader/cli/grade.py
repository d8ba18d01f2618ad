"""``gradstep grade``: a class, from a folder of submissions to scores."""

from __future__ import annotations

import functools
import importlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import options
from grader.exercise import Course, built_in_course
from grader.result import Outcome, printable

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from grader.batch import Plan
    from grader.grading import Settings
    from grader.intake import Intake, Unpack
    from grader.result import Result

MAX_LISTED = 30  # students whose first mistake is printed; all are in checks.csv
BROKEN = 1  # exit code: something is our fault and has no score


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@options.course
@click.option("--exercise", "names", multiple=True, metavar="TRACK/NAME", help="Grade this exercise only; repeatable.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("grades"), show_default=True, help="For results.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes at once. Default: by cores and work.")
@options.device
@click.option("--slots", type=click.IntRange(min=1), default=1, show_default=True, help="Submissions at once on a GPU.")
@click.option("--seed", default=None, help="Secret that hidden data is drawn from. Default: the file solutions/seed.")
@options.isolation
@options.without
def grade(
    submissions: Path,
    course_folder: Path | None,
    names: tuple[str, ...],
    out: Path,
    jobs: int | None,
    device: str,
    slots: int,
    seed: str | None,
    isolation: str,
    without: tuple[str, ...],
) -> None:
    """Grade SUBMISSIONS, a folder with <student>/<track>/<name>.py (or .ipynb), and write scores.

    Run it again after an interruption: what is graded stays, the rest is done. Exit code 0: every submission has a
    score, even if all are zero; 1: something is broken on our side and has none; 2: wrong usage.
    """
    from grader import batch, devices
    from grader.grading import Settings
    from grader.intake import collect
    from grader.layers import NoIsolation
    from grader.link import SandboxBroken

    course = Course.open(course_folder or built_in_course())
    if not (course.root / "solutions").is_dir():
        raise click.UsageError(f"{course.root} has no solutions/: hidden suites are needed to grade. See --course.")
    try:
        device = devices.chosen(device)
        wanted = [course.exercise(name).name for name in names]
        with _unpacking(isolation, without) as unpack:
            uses = {exercise.name: exercise.uses for exercise in course.exercises}
            intake = collect(submissions, list(uses), wanted, unpack, uses)
    except devices.DeviceMissing as error:
        raise click.UsageError(str(error)) from error
    except (NoIsolation, SandboxBroken) as error:
        raise click.UsageError(str(error)) from error
    except NotADirectoryError as error:
        raise click.UsageError(f"{submissions} is no folder: expected <student>/<track>/<name>.py in it.") from error
    if not intake.submissions:
        raise click.UsageError(_nothing_found(submissions, intake, course))
    settings = Settings(course.root, device, isolation, seed, without, (submissions, out), slots)
    todo = batch.plan(intake.submissions, settings, out)
    memory_mb = max(course.exercise(submission.exercise).limits["memory_mb"] for submission in intake.submissions)
    most = min(batch.most_jobs(memory_mb), devices.turns(device, slots))
    results = _graded(todo, settings, out, min(jobs or batch.jobs_for(len(todo.todo), memory_mb), most))
    _write(results, course, out)
    _report(results, intake, todo, course, settings, out)
    if jobs and jobs > most:
        why = (
            f"workers of {memory_mb:g} MB need room" if device == "cpu" else "a GPU has one turn, or as many as --slots"
        )
        click.echo(f"Note: {most} processes, not {jobs}, graded at once: {why}.")
    if any(result.score is None for result in results):
        sys.exit(BROKEN)


@contextmanager
def _unpacking(isolation: str, without: tuple[str, ...]) -> Iterator[Unpack]:
    """What opens archives: a sandbox that starts with the first of them."""
    from grader.grading import open_sandbox
    from grader.opening import open_archive

    with ExitStack() as stack:
        sandbox = functools.cache(lambda: stack.enter_context(closing(open_sandbox(isolation, without))))
        yield lambda content, exercises: open_archive(content, exercises, sandbox())


def _graded(todo: Plan, settings: Settings, out: Path, jobs: int) -> list[Result]:
    """All results, old and new, by student and exercise."""
    from grader import batch, gradebook
    from grader.devices import DeviceMissing
    from grader.layers import NoIsolation
    from grader.link import SandboxBroken

    results = list(todo.kept)
    try:
        with _progress(len(todo.todo)) as advance, ThreadPoolExecutor(1) as aside:
            if jobs > 1:  # this process only waits
                aside.submit(gradebook.prepare)
                aside.submit(importlib.import_module, "pandas")
            for result in batch.run(todo.todo, settings, out, jobs):
                results.append(result)
                advance(f"{result.student} {result.exercise}")
    except (NoIsolation, SandboxBroken, DeviceMissing) as error:
        raise click.UsageError(str(error)) from error
    order = [exercise.name for exercise in Course.open(settings.course).exercises]
    return sorted(results, key=lambda result: (result.student, order.index(result.exercise)))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("starting the sandbox", total=total)
        yield lambda words: progress.update(task, advance=1, description=words)


def _write(results: list[Result], course: Course, out: Path) -> None:
    from grader import gradebook, tables

    tables.write_tables(results, _columns(results, course), out)
    try:
        gradebook.write_nbgrader(results, course, out / "gradebook.db")
    except ValueError as error:
        raise click.ClickException(f"{error} The results and the CSV files are written.") from error


def _columns(results: list[Result], course: Course) -> list[str]:
    graded = {result.exercise for result in results}
    return [exercise.name for exercise in course.exercises if exercise.name in graded]


# --- what the instructor reads ------------------------------------------------------------------------------------


def _report(results: list[Result], intake: Intake, todo: Plan, course: Course, settings: Settings, out: Path) -> None:
    from rich.console import Console

    console = Console()
    console.print(_table(results, _columns(results, course)))
    for title, lines in (("What went wrong most", _most_frequent(results)), ("First thing to mend", _first(results))):
        if lines:
            click.echo("\n".join([f"{title}:", *(f"  {line}" for line in lines), ""]))
    for note in (*_notes(results), *intake.strays, *_warnings(settings, course)):
        click.echo(f"Note: {printable(note)}")
    kept = f" ({len(todo.kept)} kept from an earlier run)" if todo.kept else ""
    click.echo(f"{len(results)} results{kept} in {out}/: scores.csv, checks.csv, mistakes.csv, gradebook.db")


def _table(results: list[Result], columns: list[str]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_footer=True, footer_style="bold")
    table.add_column("student", footer="mean")
    scores = {(result.student, result.exercise): result for result in results}
    for name in columns:
        header = name.replace("/", "\n")  # five columns fit on 80 characters
        table.add_column(header, justify="right", footer=_mean([r.score for r in results if r.exercise == name]))
    table.add_column("total", justify="right", footer=_mean(list(_totals(results).values())))
    for student, total in _totals(results).items():
        cells = [_score(scores.get((student, name))) for name in columns]
        table.add_row(Text(printable(student)), *cells, Text(_number(total), style="bold"))
    return table


def _score(result: Result | None) -> Text:
    from rich.text import Text

    if result is None or result.score is None:
        return Text("broken" if result else "", style="magenta")
    style = "green" if result.score == result.max_score else "red" if result.score == 0 else "yellow"
    return Text(f"{_number(result.score)}/{_number(result.max_score)}", style=style)


def _totals(results: list[Result]) -> dict[str, float | None]:
    """Sum by student; None when a part of it is broken."""
    totals: dict[str, float | None] = {}
    for result in results:
        before = totals.get(result.student, 0.0)
        totals[result.student] = None if before is None or result.score is None else before + result.score
    return totals


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def _mean(scores: list[float | None]) -> str:
    known = [score for score in scores if score is not None]
    return f"{sum(known) / len(known):.1f}" if known else ""


def _most_frequent(results: list[Result]) -> list[str]:
    """The mistakes that most students made, and the causes that stopped submissions before they could make one."""
    from grader.tables import mistakes_table

    mistakes = mistakes_table(results)
    shared = mistakes[(mistakes["students"] > 1) & (mistakes["explanation"] != "")].head(6)
    lines = [f"{row.students:>2} of {row.of}  {row.exercise}: {row.explanation}" for row in shared.itertuples()]
    stopped = Counter(r.cause for r in results if r.outcome in (Outcome.CRASHED, Outcome.TIMEOUT))
    unexplained = [(cause, count) for cause, count in stopped.most_common(5) if cause != "exception"]
    return lines + [f"{count:>2} of {len(results)}  stopped: {cause}" for cause, count in unexplained]


def _first(results: list[Result]) -> list[str]:
    """For each student of a small class the first thing that is not right."""
    first: dict[str, Result] = {}
    for result in results:
        if result.feedback:
            first.setdefault(result.student, result)
    if len(first) > MAX_LISTED:
        return [f"see checks.csv: {len(first)} students lost points"]
    width = max(map(len, first), default=0)
    return [f"{printable(student):<{width}}  {r.exercise}: {_on_one_line(r.feedback)}" for student, r in first.items()]


def _on_one_line(feedback: str) -> str:
    """What students make exceptions say must not look like a line of ours."""
    return " ".join(feedback.split())


def _notes(results: list[Result]) -> list[str]:
    return [note for result in results for note in result.notes]


def _warnings(settings: Settings, course: Course) -> list[str]:
    warnings = []
    if settings.seed is None and not (course.root / "solutions" / "seed").exists():
        warnings.append("hidden data comes from a seed that anyone can know: write a secret into solutions/seed.")
    if settings.isolation == "none":
        warnings.append("graded without confinement (--isolation none): only right for code that you trust.")
    if settings.without:
        warnings.append(f"graded with layers switched off (--without): {', '.join(settings.without)}.")
    return warnings


def _nothing_found(submissions: Path, intake: Intake, course: Course) -> str:
    example = course.exercises[0].name if course.exercises else "track/name"
    found = "; ".join(intake.strays[:3]) or f"{len(intake.students)} folders of students, none with an exercise's file"
    return f"Nothing to grade in {submissions}: expected files such as <student>/{example}.py. Found: {found}."
