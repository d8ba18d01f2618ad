"""``gradstep release``: solutions/ → exercises/."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli import options
from grader.exercise import Course, built_in_course


@click.command()
@click.argument("exercises", nargs=-1, metavar="[TRACK/NAME]…")
@options.course
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when exercises/ is not what would be written.")
def release(exercises: tuple[str, ...], course_folder: Path | None, check: bool) -> None:
    """Generate what students get (exercises/) from what instructors write (solutions/)."""
    from grader.release import out_of_step
    from grader.release import release as write

    course = Course.open(course_folder or built_in_course())
    if check:
        differences = out_of_step(course, exercises)
        click.echo("\n".join(differences) or f"{course.root / 'exercises'} is in step with solutions/.")
        sys.exit(1 if differences else 0)
    written = write(course, exercises)
    for path in written:
        click.echo(path.relative_to(course.root))
    click.echo(f"{len(written)} files are new or changed below {course.root / 'exercises'}.")
