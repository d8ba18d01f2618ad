"""``gradstep list``, ``next`` and ``status``: where a student stands."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli import options
from grader.cli.asking import Place, shown
from grader.exercise import Course, Exercise, built_in_course
from grader.workspace import Progress, Workspace, WorkspaceError, duration


@click.command(name="list")
@options.course
def list_(course_folder: Path | None) -> None:
    """The map of the course: tracks, exercises, what comes before what, and how far you are."""
    try:
        place = Place.here(course_folder)
        course, known = place.course, place.workspace.progress
    except WorkspaceError:
        course, known = Course.open(course_folder or built_in_course()), {}
    table = Table(box=None, title=course.title, title_justify="left", title_style="bold", pad_edge=False)
    for heading in ("", "exercise", "", "points", "min", "after"):
        narrow = heading in ("exercise", "points", "min")
        table.add_column(heading, no_wrap=narrow, justify="right" if heading in ("points", "min") else "left")
    track = ""
    for exercise in course.exercises:
        if exercise.track != track:
            track = exercise.track
            table.add_row("", Text(track, style="bold"), Text(exercise.step, style="dim"), "", "", "")
        table.add_row(
            _mark(known.get(exercise.name)),
            f"  {exercise.short_name}",
            exercise.title,
            "" if exercise.points is None else f"{exercise.points:g}",
            str(exercise.minutes or ""),
            ", ".join(exercise.after),
        )
    table.add_section()
    minutes = sum(exercise.minutes or 0 for exercise in course.exercises)
    points = sum(exercise.points or 0 for exercise in course.exercises)
    hours = f"{minutes / 60:.0f} h" if minutes else ""
    table.add_row("", f"{len(course.exercises)} exercises", "", f"{points:g}", hours, "", style="bold")
    Console().print(table)
    click.echo(f"\n{_SIGNS}")


@click.command(name="next")
@options.course
def next_(course_folder: Path | None) -> None:
    """Go on to the first exercise that is not solved; it becomes the one that commands mean."""
    place = Place.here(course_folder)
    exercise = place.workspace.next_of(place.course)
    if exercise is None:
        click.echo("All exercises are solved, as far as public checks see. Hand them in: gradstep submit")
        return
    place.workspace.start(exercise, place.course)
    place.workspace.turn_to(exercise)
    place.workspace.save()
    click.echo(f"{exercise.name}: {exercise.title} ({exercise.step})")
    click.echo(f"  read      {shown(place.workspace.folder(exercise) / 'README.md')}")
    click.echo(f"  complete  {shown(place.workspace.file(exercise))}")
    click.echo("  check     gradstep check --watch")


@click.command()
@options.course
def status(course_folder: Path | None) -> None:
    """Points, attempts, best times, hints and submissions of all that you have begun."""
    place = Place.here(course_folder)
    workspace = place.workspace
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    table.add_column("exercise")
    for heading in ("points", "attempts", "best time", "hints", "submitted"):
        table.add_column(heading, justify="right")
    begun = [e for e in place.course.exercises if e.name in workspace.progress]
    for exercise in begun:
        table.add_row(*_row(exercise, workspace))
    Console().print(table)
    solved = sum(workspace.progress[e.name].solved for e in begun)
    click.echo(f"{solved} of {len(place.course.exercises)} solved, as far as public checks see; grading checks more.")
    click.echo(f"Student {workspace.student} · {workspace.root}")


_SIGNS = "✓ public checks pass   ◐ begun   · not begun"


def _mark(progress: Progress | None) -> Text:
    if progress is None:
        return Text("·", style="dim")
    if progress.solved:
        return Text("✓", style="green")
    return Text("◐" if progress.attempts else "·", style="yellow" if progress.attempts else "dim")


def _row(exercise: Exercise, workspace: Workspace) -> list[Text | str]:
    progress = workspace.progress[exercise.name]
    points = f"{progress.points:g} of {progress.of:g}" if progress.attempts else "–"
    best = duration(progress.best_seconds) if progress.best_seconds is not None else "–"
    name = Text(exercise.name, style="bold" if exercise.name == workspace.current else "")
    return [
        _mark(progress), name, points, str(progress.attempts or "–"), best, str(progress.hints or "–"),
        duration_since(progress.submitted),
    ]  # fmt: skip


def duration_since(moment: float | None) -> str:
    import time

    return "–" if moment is None else f"{duration(max(0.0, time.time() - moment))} ago"
