"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

course = click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of the course (with solutions/ and course.toml). Default: the course that comes with gradstep.",
)
isolation = click.option(
    "--isolation",
    type=click.Choice(["auto", "none"]),
    default="auto",
    show_default=True,
    help="auto: every layer of confinement that this machine has. none: for code that you trust.",
)

# For the tests of the wall: what does each layer stop that no other does?
without = click.option("--without", multiple=True, metavar="LAYER", hidden=True)

device = click.option(
    "--device",
    type=click.Choice(["cpu", "cuda", "auto"]),
    default="cpu",
    show_default=True,
    help="Where suites and submissions compute. auto: on a GPU where there is one.",
)
