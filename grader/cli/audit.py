"""``gradstep audit``: test the tests."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import options
from grader.exercise import Course, built_in_course

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from grader.audit import Audit

UNSOUND = 1  # exit code


@click.command()
@click.argument("exercises", nargs=-1, metavar="[TRACK/NAME]…")
@options.course
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Exercises at once. Default: one a core.")
@click.option(
    "--seeds", type=click.IntRange(min=0), default=None, help="Other seeds for the right variants. Default: 3."
)
@click.option("--quick", is_flag=True, help="Every eighth mutant and no other seeds: a look while you write.")
@click.option("--fresh", is_flag=True, help="Audit again what is known to be sound.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON, on standard output.")
def audit(
    exercises: tuple[str, ...],
    course_folder: Path | None,
    jobs: int | None,
    seeds: int | None,
    quick: bool,
    fresh: bool,
    as_json: bool,
) -> None:
    """Run each hidden suite on all that it must accept and all that it must refuse.

    Accept: the reference and the alternatives. Refuse: the untouched template, the misconceptions, and mutants of the
    reference. Exit code 0: every exercise is sound; 1: some are not, and the faults say why; 2: wrong usage.
    """
    from grader import audit as rooms

    course = Course.open(course_folder or built_in_course())
    if not (course.root / "solutions").is_dir():
        raise click.UsageError(f"{course.root} has no solutions/: there is nothing to audit. See --course.")
    names = [course.exercise(name).name for name in exercises] or [exercise.name for exercise in course.exercises]
    effort = rooms.QUICK if quick else rooms.THOROUGH
    if seeds is not None:
        effort = replace(effort, seeds=seeds)
    started = time.perf_counter()
    found = []
    for one in rooms.audit_all(course, names, effort, jobs, fresh):
        found.append(one)
        if not as_json:
            _print(one)
    if as_json:
        click.echo(json.dumps([one.to_json() for one in found], indent=2, ensure_ascii=False))
    else:
        _summary(found, time.perf_counter() - started)
    if any(one.faults for one in found):
        sys.exit(UNSOUND)


def _print(one: Audit) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"\n[bold]{one.exercise}[/bold]")
    if one.rows:
        console.print(_matrix(one))
        for number, (name, title, points) in enumerate(one.checks, 1):
            click.echo(f"  {number:>2}  {points:>3g}  {name}: {title}")
        equivalent = f", {one.equivalent} more listed as equivalent" if one.equivalent else ""
        click.echo(f"  mutants: {one.killed} of {one.mutants} refused{equivalent}; the suite takes {one.seconds:.2g} s")
    for fault in one.faults:
        click.secho("  ✗ ", fg="red", nl=False)
        click.echo(fault)
    if not one.faults:
        click.secho("  sound", fg="green")


def _matrix(one: Audit) -> Table:
    """Variants × checks."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("must be", no_wrap=True)
    table.add_column("variant", no_wrap=True)
    table.add_column(" ".join(str(number % 10) for number in range(1, len(one.checks) + 1)), no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("told by")
    for row in one.rows:
        cells = Text(" ").join(_cell(row.parts[name]) for name, _, _ in one.checks)
        right = row.kind in ("reference", "alternative")
        told = "its own words" if row.told == row.name else row.told
        name = row.name if row.kind in ("alternative", "misconception") else row.kind
        table.add_row("right" if right else "wrong", name, cells, f"{row.score:.3g}/{one.points:g}", told)
    return table


def _cell(part: float) -> Text:
    from rich.text import Text

    if part == 1:
        return Text("✓", style="green")
    return Text("·", style="red") if part == 0 else Text("½", style="yellow")


def _summary(found: list[Audit], seconds: float) -> None:
    kinds = [row.kind for one in found for row in one.rows]
    mutants, killed = sum(one.mutants for one in found), sum(one.killed for one in found)
    score = f"{100 * killed / mutants:.1f} %" if mutants else "none made"
    equivalent = sum(one.equivalent for one in found)
    unsound = [one.exercise for one in found if one.faults]
    click.echo(
        f"\n{len(found)} exercises, {sum(len(one.checks) for one in found)} checks, "
        f"{kinds.count('alternative')} alternatives, {kinds.count('misconception')} misconceptions, "
        f"{killed} of {mutants} mutants refused ({score}), {equivalent} listed as equivalent; "
        f"{seconds:.0f} s"
    )
    if unsound:
        click.secho(f"Not sound: {', '.join(unsound)}.", fg="red")
    else:
        click.secho("All sound.", fg="green")
