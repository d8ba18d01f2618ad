"""``gradstep check``: the public checks on a student's own file."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import options
from grader.cli.asking import Place, shown
from grader.exercise import Course, Exercise, built_in_course
from grader.result import Outcome
from grader.workspace import Workspace, WorkspaceError, exercise_called

if TYPE_CHECKING:
    from grader.checking import Checker

NOT_ALL = 1  # exit code: something does not pass


@click.command()
@click.argument("exercise", required=False, metavar="[EXERCISE|TRACK|all|FILE]")
@click.option("--watch", is_flag=True, help="Check again whenever you save; keys do the rest.")
@options.device
@click.option("--json", "as_json", is_flag=True, help="The result as JSON, as docs/results.md describes it.")
@click.option("--portable", is_flag=True, hidden=True, help="Workers as on systems without fork; for tests.")
@options.course
def check(
    exercise: str | None, watch: bool, device: str, as_json: bool, portable: bool, course_folder: Path | None
) -> None:
    """Run the public checks on your file and say what is right, what is wrong and why.

    Exit code 0: all pass; 1: something does not; 2: wrong usage.
    """
    files = _lone_file(exercise, course_folder) or _files(exercise, course_folder)
    if watch:
        from grader.cli.watch import watch as keep_watching

        keep_watching(files, device, portable=portable)
        return
    results = _checked(files, device, as_json=as_json, portable=portable)
    sys.exit(0 if all(results) else NOT_ALL)


class Files:
    """Which files are checked against which exercises, and where progress is kept."""

    def __init__(
        self, course: Course, exercises: list[Exercise], workspace: Workspace | None, lone: Path | None
    ) -> None:
        self.course = course
        self.exercises = exercises
        self.workspace = workspace
        self._lone = lone

    def path(self, exercise: Exercise) -> Path:
        """Raises :class:`WorkspaceError` when there is none."""
        if self._lone is not None:
            return self._lone
        assert self.workspace is not None
        return self.workspace.file(exercise)

    def is_unstarted(self, exercise: Exercise) -> bool:
        return self.workspace is not None and self.workspace.is_unstarted(exercise, self.course)


@contextlib.contextmanager
def checker_for(course: Course, device: str = "cpu", *, portable: bool = False) -> Iterator[Checker]:
    """A checker; what keeps it from working is said in words."""
    from grader.checking import Checker
    from grader.devices import DeviceMissing
    from grader.layers import NoIsolation
    from grader.link import SandboxBroken

    try:
        with Checker(course, device, portable=portable) as checker:
            yield checker
    except DeviceMissing as error:
        raise click.UsageError(str(error)) from error
    except (NoIsolation, SandboxBroken) as error:
        words = f"The checks could not be run: {str(error).rstrip('.')}."
        raise click.ClickException(f"{words} What this machine has: gradstep doctor --isolation none") from error


def _lone_file(words: str | None, course_folder: Path | None) -> Files | None:
    """A file outside of any working folder: its name tells the exercise."""
    if not words or not words.endswith((".py", ".ipynb")) or not Path(words).is_file():
        return None
    try:
        Workspace.find(Path(words).parent)
    except WorkspaceError:
        course = Course.open(course_folder or built_in_course())
        return Files(course, [exercise_called(course, words, Path.cwd())], None, Path(words))
    return None


def _files(words: str | None, course_folder: Path | None) -> Files:
    place = Place.here(course_folder)
    return Files(place.course, place.exercises(words), place.workspace, None)


def _checked(files: Files, device: str, *, as_json: bool, portable: bool) -> list[bool]:
    """Check all, say how each did; whether each passed."""
    from rich.console import Console

    from grader.cli.shown import page

    console = Console(highlight=False)
    paths = [files.path(exercise) for exercise in files.exercises]  # first: it may be that one is missing
    results = []
    with checker_for(files.course, device, portable=portable) as checker:
        for exercise, path in zip(files.exercises, paths, strict=True):
            unstarted = files.is_unstarted(exercise)
            checked = checker.check(exercise, path, unstarted=unstarted)
            results.append(checked.result)
            if not as_json:
                console.print(page(exercise, checked, shown(path)))
                for line in notes(files, exercise):
                    console.print(f"  {line}", style="yellow")
                console.print()
            if files.workspace is not None and not unstarted:
                files.workspace.note_check(exercise, checked.result)
    if as_json:
        data = [result.to_json() for result in results]
        click.echo(json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False))
    if files.workspace is not None:
        files.workspace.save()
    return [result.outcome is Outcome.PASSED for result in results]


def notes(files: Files, exercise: Exercise) -> list[str]:
    """What a student should know besides the verdicts."""
    outdated = files.workspace.outdated(exercise, files.course) if files.workspace else []
    if not outdated:
        return []
    what = f"The course has a newer {', '.join(outdated)} than this folder."
    return [f"{what} Bring it up to date, your work stays: gradstep start {exercise.name}"]
