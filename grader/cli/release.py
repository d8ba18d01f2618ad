"""``gradstep release``: solutions/ → exercises/."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import options
from grader.exercise import Course, built_in_course


@click.command()
@click.argument("exercises", nargs=-1, metavar="[TRACK/NAME]…")
@options.course
def release(exercises: tuple[str, ...], course_folder: Path | None) -> None:
    """Generate what students get (exercises/) from what instructors write (solutions/)."""
    from grader.release import release as write

    course = Course.open(course_folder or built_in_course())
    written = write(course, exercises)
    for path in written:
        click.echo(path.relative_to(course.root))
    click.echo(f"{len(written)} files are new or changed below {course.root / 'exercises'}.")
