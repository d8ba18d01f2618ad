"""``gradstep new``: the folder of an exercise that is to be written."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("exercise", metavar="TRACK/NAME")
@click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder of the course; made when it is not there. Default: where you are.",
)
def new(exercise: str, course_folder: Path) -> None:
    """Begin an exercise: a folder in solutions/, in which what is left to write says TODO."""
    from grader.scaffolding import new_exercise

    for path in new_exercise(course_folder, exercise):
        click.echo(path)
    where = "" if course_folder == Path() else f" --course {course_folder}"
    click.echo(f"Now write what says TODO, and see what is missing: gradstep audit {exercise}{where}")
