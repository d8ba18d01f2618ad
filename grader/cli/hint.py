"""``gradstep hint`` and ``gradstep solution``: help, a little at a time."""

from __future__ import annotations

import re
from pathlib import Path

import click

from grader.cli import options
from grader.cli.asking import Place, shown
from grader.exercise import SOLUTION, read_text
from grader.workspace import WorkspaceError, released_folder

_RUNG = re.compile(r"^## +(.*)$", re.MULTILINE)


@click.command()
@click.argument("exercise", required=False)
@click.option("--again", is_flag=True, help="The hints that you have read already; no new one.")
@options.course
def hint(exercise: str | None, again: bool, course_folder: Path | None) -> None:
    """The next hint: first a nudge, then the method, then almost the answer."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(highlight=False)
    place = Place.here(course_folder)
    about = place.exercise(exercise)
    rungs = rungs_of(released_folder(place.course, about) / "hints.md")
    if not rungs:
        raise WorkspaceError(f"{about.name} has no hints. Its statement is all there is.")
    progress = place.workspace.progress_in(about)
    if again and not progress.hints:
        raise WorkspaceError(f"You have read no hint for {about.name} yet: gradstep hint")
    first = 0 if again else min(progress.hints, len(rungs) - 1)
    last = progress.hints if again else first + 1
    for number, (title, text) in enumerate(rungs[first:last], first + 1):
        console.print(f"{about.name} · hint {number} of {len(rungs)}: {title}\n", style="bold", markup=False)
        console.print(Markdown(text), "")
    if not again:
        progress.hints = last
        place.workspace.save()
    if last == len(rungs):
        click.echo("That was the last one.")


@click.command()
@click.argument("exercise", required=False)
@options.course
def solution(exercise: str | None, course_folder: Path | None) -> None:
    """A solution to lay beside your own, once all public checks pass; where the course allows it."""
    place = Place.here(course_folder)
    about = place.exercise(exercise)
    path = released_folder(place.course, about) / SOLUTION
    if not path.is_file():
        raise WorkspaceError(f"This course shows no solutions ({about.name} comes without {SOLUTION}).")
    if not place.workspace.progress_in(about).solved:
        raise WorkspaceError(
            f"First solve {about.name}: a solution is shown when all public checks pass. gradstep check"
        )
    click.echo(click.style(f"{about.name}, as the course solves it", bold=True))
    click.echo(f"\n{read_text(path)}")
    click.echo(f"Yours is {shown(place.workspace.file(about))}")


def rungs_of(path: Path) -> list[tuple[str, str]]:
    """Title and text of each rung of ``hints.md``."""
    if not path.is_file():
        return []
    _, *parts = _RUNG.split(read_text(path))
    return [(title.strip(), text.strip()) for title, text in zip(parts[::2], parts[1::2], strict=True)]
