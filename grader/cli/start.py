"""``gradstep start``: the files of exercises into a working folder."""

from __future__ import annotations

import getpass
from collections import Counter
from pathlib import Path

import click

from grader.cli import options
from grader.cli.asking import shown
from grader.exercise import Course, Exercise
from grader.workspace import STATE, Copied, Workspace, WorkspaceError, exercises_called


@click.command()
@click.argument("exercise", default="all", metavar="[EXERCISE|TRACK|all]")
@click.argument("folder", default=None, required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--notebook", is_flag=True, help="Work in Jupyter: the template as .ipynb instead of .py.")
@click.option("--as", "student", default=None, metavar="NAME", help="Your name for submissions. Default: your login.")
@click.option("--again", is_flag=True, help="Begin anew: the template again; your file stays beside it as ….old1.")
@options.course
def start(
    exercise: str, folder: Path | None, notebook: bool, student: str | None, again: bool, course_folder: Path | None
) -> None:
    """Copy templates, statements, hints and public checks into a working folder (default: this one).

    Your work is never overwritten. Run it again to bring statements and checks up to date.
    """
    workspace = _workspace(folder or Path(), student, course_folder)
    course = workspace.course(course_folder)
    chosen = exercises_called(course, exercise, Path.cwd())
    if again:
        _begin_anew(workspace, course, chosen)
        return
    copied = {e.name: workspace.start(e, course, notebook=notebook) for e in chosen}
    following = workspace.next_of(course, chosen) if len(chosen) > 1 else None
    if len(chosen) == 1 or not workspace.current:
        workspace.turn_to(following or chosen[0])
    workspace.save()
    _report(workspace, copied, course)


def _workspace(folder: Path, student: str | None, course_folder: Path | None) -> Workspace:
    root = folder.resolve()
    if (root / "course.toml").is_file():
        raise WorkspaceError(
            f"{root} is a course, not a place to work in. Say another folder: gradstep start all ~/work"
        )
    if folder == Path():
        root = next((path for path in (root, *root.parents) if (path / STATE).is_file()), root)
    workspace = Workspace.read(root) if (root / STATE).is_file() else Workspace(root, _login(), None)
    if student:
        workspace.student = student
    if course_folder:
        workspace.is_of(course_folder)
    return workspace


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without an account
        return "student"


def _begin_anew(workspace: Workspace, course: Course, chosen: list[Exercise]) -> None:
    for exercise in chosen:
        kept = workspace.reset(exercise, course)
        click.echo(f"{exercise.name} begins anew; what you had is in {shown(kept)}")
    workspace.save()


def _report(workspace: Workspace, copied: dict[str, list[Copied]], course: Course) -> None:
    how = Counter(one.how for files in copied.values() for one in files)
    names = f"{len(copied)} exercises" if len(copied) > 1 else next(iter(copied))
    counts = [f"{how[word]} files {word}" for word in ("new", "updated") if how[word]]
    click.echo(f"{names} in {workspace.root}: {', '.join(counts) or 'nothing to copy, all is there'}.")
    for path in (one.path for files in copied.values() for one in files if one.how == "kept"):
        click.echo(f"  yours, and left as it is: {shown(path)}")
    exercise = course.exercise(workspace.current)
    folder = workspace.folder(exercise)
    click.echo(f"\nNext: read {shown(folder / 'README.md')}")
    click.echo(f"      complete {shown(workspace.file(exercise))}")
    click.echo("      and let it be checked whenever you save: gradstep check --watch")
