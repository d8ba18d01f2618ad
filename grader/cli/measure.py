"""``gradstep measure``: where the reference's training arrives."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import options
from grader.exercise import Course, built_in_course


@click.command()
@click.argument("exercises", nargs=-1, required=True, metavar="TRACK/NAME…")
@options.course
@click.option("--seeds", type=click.IntRange(min=100), default=None, help="Runs of the reference. Default: 1300.")
def measure(exercises: tuple[str, ...], course_folder: Path | None, seeds: int | None) -> None:
    """Measure the bands of convergence checks: train the reference on many seeds, and write bands.json.

    A check passes when the median of five runs lies inside the band. With 1300 seeds a right answer fails less than
    once in a million (at 99 % confidence; docs/convergence.md has the method).
    """
    from grader.convergence import SEEDS, write_bands
    from grader.examiner import Examiner

    course = Course.open(course_folder or built_in_course())
    for name in exercises:
        exercise = course.exercise(name)
        with Examiner(exercise, course.seed()) as examiner:
            bands = examiner.measure(seeds or SEEDS)
        if not bands:
            raise click.UsageError(f"{name} has no check that asks for the fixture `band`: nothing to measure.")
        write_bands(exercise, bands)
        for check, band in bands.items():
            click.echo(
                f"{name} {check}: {band.seeds} runs, loss {band.low:.4g} … {band.high:.4g}, median {band.median:.4g}; "
                f"a right answer fails at most {band.flake():.1e} of the time"
            )
