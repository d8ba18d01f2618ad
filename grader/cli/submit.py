"""``gradstep submit`` and ``gradstep receipt``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from grader.cli import options
from grader.cli.asking import Place, shown
from grader.submitting import (
    Handed,
    NotDelivered,
    deliver,
    gather,
    pack,
    read_receipt,
    require_name,
    verify,
    with_earlier,
    write_receipt,
)
from grader.workspace import Workspace, WorkspaceError

NBGRADER = "nbgrader"


@click.command()
@click.argument("exercise", default="all", metavar="[EXERCISE|TRACK|all]")
@click.option("--to", default=None, metavar="DIR|nbgrader[:NAME]", help="The inbox, or an assignment; remembered.")
@click.option("--as", "student", default=None, metavar="NAME", help="Your name; remembered too.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@options.course
def submit(exercise: str, to: str | None, student: str | None, dry_run: bool, course_folder: Path | None) -> None:
    """Hand in what you have written, and get a receipt. Everything is looked over before anything is sent."""
    place = Place.here(course_folder)
    workspace = place.workspace
    workspace.student = student or workspace.student
    require_name(workspace.student)
    handed = gather(workspace, place.course, place.exercises(exercise), each=exercise != "all")
    where = to or workspace.inbox
    _list(handed, dry_run)
    if dry_run:
        return
    if not where:
        raise NotDelivered(
            "Nothing was sent: where to is not known yet. Say it once: gradstep submit --to DIR (or nbgrader)"
        )
    moment = time.time()
    inbox = Path(where).expanduser().resolve()
    to_inbox = where.partition(":")[0] != NBGRADER
    if to_inbox:
        handed = with_earlier(handed, place.course, workspace.student, inbox)
    content = pack(workspace.student, place.course, handed, moment)
    if to_inbox:
        where = str(inbox)
        delivered = str(deliver(content, workspace.student, inbox, moment))
    else:
        from grader.exchange import submit as to_nbgrader

        delivered = to_nbgrader(handed, where.partition(":")[2] or place.course.id, workspace.root)
    workspace.inbox = where
    for item in handed.items:
        workspace.progress_in(place.course.exercise(item.exercise)).submitted = moment
    path, receipt = write_receipt(workspace, handed, content, where, moment, f"{workspace.student}.zip")
    workspace.save()
    _say(receipt, delivered, path)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--inbox", type=click.Path(path_type=Path, file_okay=False), default=None, help="Where it was handed in.")
def receipt(file: Path, inbox: Path | None) -> None:
    """Lay a receipt beside the inbox: is what was sent still there, does it count, has your work changed since?

    Exit code 0: it holds; 1: it does not.
    """
    known = read_receipt(file)
    try:
        workspace: Workspace | None = Workspace.find(file.resolve().parent)
    except WorkspaceError:
        workspace = None  # an instructor looks at it
    found = verify(known, inbox, workspace)
    click.echo(f"{known['student']}, {known['time']}: {', '.join(one['exercise'] for one in known['sent'])}")
    for mark, colour, lines in (("✓", "green", found.holds), ("✗", "red", found.fails), ("·", "yellow", found.notes)):
        for line in lines:
            click.echo(f"  {click.style(mark, fg=colour)} {line}")
    click.echo("A receipt is not signed: it proves what was sent together with the inbox, not alone.")
    sys.exit(1 if found.fails else 0)


def _list(handed: Handed, dry_run: bool) -> None:
    click.echo("Would be sent:" if dry_run else "Sending:")
    for item in handed.items:
        click.echo(f"  {item.exercise:<24} {shown(item.path)}  {len(item.content)} bytes")
    click.echo("Nothing else: no hints, no progress, no other file.")
    if handed.left_out:
        click.echo(f"Not sent, because not begun: {', '.join(exercise for exercise, _ in handed.left_out)}")


def _say(known: dict[str, Any], delivered: str, path: Path) -> None:
    click.echo(f"\nHanded in by {known['student']}, {known['time']}: {delivered}")
    for one in known["sent"]:
        points = f"{one['points']:g} of {one['of']:g} public points" if "of" in one else "not checked before"
        click.echo(f"  {one['exercise']:<24} {points}")
    if known["kept"]:
        click.echo(f"  still handed in from before: {', '.join(known['kept'])}")
    if not known["to"].startswith(NBGRADER):
        click.echo(f"SHA-256 {known['archive']['sha256']}")
    click.echo(f"Receipt {shown(path)}; to verify it: gradstep receipt {shown(path)}")
