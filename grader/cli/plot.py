"""``gradstep plot``: what training with the student's own code did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import options
from grader.cli.asking import Place, shown
from grader.cli.check import checker_for
from grader.result import write_atomically, write_bytes_atomically
from grader.workspace import WorkspaceError, released_folder

if TYPE_CHECKING:
    from grader.exercise import Exercise
    from grader.pictures import Picture


@click.command()
@click.argument("exercise", required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="Default: pictures/ here.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser.")
@options.course
def plot(exercise: str | None, out: Path | None, open_page: bool, course_folder: Path | None) -> None:
    """Draw what training with your code did.

    The loss surface with your path on it, and the loss of each epoch in the reference's band: as a picture (PNG), and
    as a page to turn and zoom (HTML).
    """
    place = Place.here(course_folder)
    about = place.exercise(exercise)
    picture = _taken(place, about)
    from grader.pictures import facts
    from grader.report.page import page
    from grader.report.png import png

    told = facts(picture)
    folder = out or place.workspace.root / "pictures"
    stem = about.name.replace("/", "-")
    write_bytes_atomically(folder / f"{stem}.png", png(picture, "  ".join(told)))
    write_atomically(folder / f"{stem}.html", page(picture, about.name, told))
    for line in told:
        click.echo(line)
    click.echo(f"\n{shown(folder / f'{stem}.png')}\n{shown(folder / f'{stem}.html')}  (turn it, zoom, point at a step)")
    if open_page:
        click.launch(str(folder / f"{stem}.html"))


def _taken(place: Place, about: Exercise) -> Picture:
    """Raises :class:`WorkspaceError` with the words that a check would have."""
    from grader.pictures import has_picture, take

    if not has_picture(about):
        others = [exercise.name for exercise in place.course.exercises if has_picture(exercise)]
        raise WorkspaceError(f"{about.name} has no picture. These have one: {', '.join(others) or 'none here'}.")
    path = place.workspace.file(about)
    if place.workspace.is_unstarted(about, place.course):
        raise WorkspaceError(f"{shown(path)} is still the template: there is no training to draw yet.")
    with checker_for(place.course) as checker:
        taken = checker.use(about, path, lambda student: take(about, student, released_folder(place.course, about)))
    if isinstance(taken, str):
        raise WorkspaceError(f"{taken} Nothing was drawn. Mend it first: gradstep check {about.name}")
    return taken
