"""Handing in: what is sent is looked over first, packed the same way each time, delivered at one stroke, receipted.

The archive is what :mod:`grader.intake` reads: ``<student>.zip`` in an inbox, ``<track>/<name>.py`` in it. An earlier
one stays in ``.earlier/``, where intake does not look. The receipt says which bytes were delivered; it proves that
together with the inbox, not alone: nothing is signed.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import secrets
import shutil
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from grader.exercise import Course, Exercise
from grader.result import write_atomically
from grader.submission import MAX_NOTEBOOK, MAX_PY, Refused, joined, read_plain_file
from grader.worker import opening
from grader.workspace import Workspace, WorkspaceError, hash_of

SCHEMA = 1
MANIFEST = "manifest.json"
EARLIER = ".earlier"
RECEIPTS = "receipts"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of zip's calendar: the same content gives the same bytes
_UNFIT = set('/\\:*?"<>|+')


class NotReady(WorkspaceError):
    """Something is not fit to be sent; the text lists it all. Nothing was sent."""


class NotDelivered(WorkspaceError):
    """The inbox or nbgrader would not take it; the text says what to do. Nothing was sent."""


@dataclass(frozen=True)
class Item:
    """One file that is sent."""

    exercise: str
    path: Path  # the student's
    content: bytes

    @property
    def name(self) -> str:
        """In the archive."""
        return f"{self.exercise}{self.path.suffix}"


@dataclass(frozen=True)
class Handed:
    """What is sent, what is sent again because it was handed in before, and what is not sent and why."""

    items: tuple[Item, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    carried: tuple[Item, ...] = ()


# --- looking it over ----------------------------------------------------------------------------------------------


def gather(workspace: Workspace, course: Course, exercises: Sequence[Exercise], *, each: bool) -> Handed:
    """The files for ``exercises``. Raises :class:`NotReady`.

    With ``each`` all of them must be there; without, those that were not begun are left out.
    """
    items, left_out, problems = [], [], []
    for exercise in exercises:
        begun = workspace.folder(exercise).is_dir()
        try:
            if not each and (not begun or workspace.is_unstarted(exercise, course)):
                left_out.append((exercise.name, "not begun"))
                continue
            items.append(_item(workspace, course, exercise))
        except WorkspaceError as error:
            problems.append(f"{exercise.name}: {error}")
    if problems:
        raise NotReady("\n  ".join(["Nothing was sent. Mend this first:", *problems]))
    if not items:
        raise NotReady("Nothing was sent: no exercise is begun yet. The next one: gradstep next")
    return Handed(tuple(items), tuple(left_out))


def _item(workspace: Workspace, course: Course, exercise: Exercise) -> Item:
    path = workspace.file(exercise)
    if workspace.is_unstarted(exercise, course):
        raise WorkspaceError(f"{path.name} is still the template. Write it, or leave it out.")
    item = Item(exercise.name, path, _content(path))
    defined = _defined(_source(item), item)
    if missing := [name for name in exercise.entries() if name not in defined]:
        raise WorkspaceError(f"{path.name} has no {' and no '.join(missing)}, which grading asks for.")
    return item


def _content(path: Path) -> bytes:
    try:
        return read_plain_file(path, MAX_NOTEBOOK if path.suffix == ".ipynb" else MAX_PY)
    except Refused as refused:
        raise WorkspaceError(refused.refusal.words) from refused


def _source(item: Item) -> str:
    try:
        if item.path.suffix == ".ipynb":
            return joined(opening.cells(item.content))[0]
        return item.content.decode("utf-8-sig")
    except Refused as refused:
        raise WorkspaceError(refused.refusal.words) from refused
    except opening.Refused as refused:
        raise WorkspaceError(refused.words) from refused
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"{item.path.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _defined(source: str, item: Item) -> set[str]:
    """Top-level names of the student's own file, on the student's own machine."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise WorkspaceError(f"{item.path.name} is not valid Python: {error.msg} (line {error.lineno}).") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise WorkspaceError(f"{item.path.name} is not valid Python: {error}.") from error
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
    return names


# --- packing ------------------------------------------------------------------------------------------------------


def with_earlier(handed: Handed, course: Course, student: str, inbox: Path) -> Handed:
    """``handed``, and the exercises of the archive in force that are not among them: they stay handed in.

    Raises :class:`NotDelivered` when that archive cannot be read.
    """
    archive = inbox / f"{student}.zip"
    if not archive.is_file():
        return handed
    names = {e.name for e in course.exercises} - {item.exercise for item in handed.items}
    try:
        with zipfile.ZipFile(archive) as earlier:
            found = [Path(info.filename) for info in earlier.infolist() if info.file_size <= MAX_NOTEBOOK]
            files = [path for path in found if path.with_suffix("").as_posix() in names]
            carried = tuple(Item(p.with_suffix("").as_posix(), p, earlier.read(p.as_posix())) for p in files)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        words = f"{archive} is there already, and is no archive of gradstep ({error}). Nothing was sent."
        raise NotDelivered(f"{words} Move it away, or ask who hands in as {student}.") from error
    return replace(handed, carried=carried)


def pack(student: str, course: Course, handed: Handed, moment: float) -> bytes:
    """The archive. Only the time in its manifest differs between two of the same files."""
    manifest = {
        "schema": SCHEMA,
        "student": student,
        "course": course.title,
        "gradstep": metadata.version("gradstep"),
        "time": utc(moment),
        "files": [
            {"exercise": item.exercise, "name": item.name, "sha256": hash_of(item.content)}
            for item in (*handed.items, *handed.carried)
        ],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        _add(archive, MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n")
        for item in (*handed.items, *handed.carried):
            _add(archive, item.name, item.content)
    return file.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.external_attr = 0o644 << 16
    info.create_system = 3  # as on Unix, wherever it was made
    archive.writestr(info, content)  # not compressed: how zlib does that differs between its versions


def utc(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


# --- delivering ---------------------------------------------------------------------------------------------------


def require_name(student: str) -> None:
    """Raise :class:`NotReady` unless a file can be called like the student."""
    odd = not student.isprintable() or set(student) & _UNFIT or student.startswith((".", " "))
    if odd or not 0 < len(student) <= 100:
        words = (
            f'{student!r} cannot name a submission: expected a name without / \\ : * ? " < > | + and control characters'
        )
        raise NotReady(f"{words}. Say yours: gradstep submit --as NAME")


def deliver(content: bytes, student: str, inbox: Path, moment: float) -> Path:
    """Put the archive into ``inbox`` at one stroke: before it an earlier one counts, after it this one.

    Raises :class:`NotDelivered`.
    """
    if not inbox.is_dir():
        raise NotDelivered(f"{inbox} is no folder. Nothing was sent. Ask where to hand in, and say it: --to DIR")
    if (inbox / student).exists():
        words = f"{inbox / student} is there, and would count before an archive. Nothing was sent."
        raise NotDelivered(f"{words} Move it away, or hand in as somebody else: --as NAME")
    target = inbox / f"{student}.zip"
    fresh = inbox / f".{student}.{secrets.token_hex(4)}.part"
    try:
        _clear_leftovers(inbox, student)
        _write_through(fresh, content)
        _keep_earlier(target, moment)
        os.replace(fresh, target)
    except OSError as error:
        raise NotDelivered(f"{inbox} does not take it: {error.strerror or error}. Nothing was sent.") from error
    finally:
        fresh.unlink(missing_ok=True)
    return target


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep_earlier(target: Path, moment: float) -> None:
    """A second name for what counts until now: it stays in force until it is replaced."""
    if not target.exists():
        return
    kept = target.parent / EARLIER / f"{target.stem}-{utc(moment).replace(':', '')}-{secrets.token_hex(2)}.zip"
    kept.parent.mkdir(exist_ok=True)
    try:
        os.link(target, kept)
    except OSError:  # a file system without links
        shutil.copyfile(target, kept)


def _clear_leftovers(inbox: Path, student: str) -> None:
    """Of a submit that was cut off. An hour later nobody is at work on it any more."""
    for path in inbox.iterdir():
        left = path.name.startswith(f".{student}.") and path.name.endswith(".part")
        if left and time.time() - path.stat().st_mtime > 3600:
            path.unlink(missing_ok=True)


# --- receipts -----------------------------------------------------------------------------------------------------


def write_receipt(
    workspace: Workspace, handed: Handed, content: bytes, to: str, moment: float, archive: str
) -> tuple[Path, dict[str, Any]]:
    """Into ``receipts/`` of the working folder."""
    sent = []
    for item in handed.items:
        known = workspace.progress.get(item.exercise)
        points = {"points": known.points, "of": known.of} if known and known.attempts else {}
        file = item.path.relative_to(workspace.root).as_posix()
        sent.append({"exercise": item.exercise, "file": file, "sha256": hash_of(item.content), **points})
    receipt = {
        "schema": SCHEMA,
        "student": workspace.student,
        "time": utc(moment),
        "to": to,
        "archive": {"name": archive, "bytes": len(content), "sha256": hash_of(content)},
        "sent": sent,
        "kept": [item.exercise for item in handed.carried],
        "not_sent": [{"exercise": exercise, "why": why} for exercise, why in handed.left_out],
    }
    receipt["digest"] = _digest(receipt)
    name = f"{utc(moment).replace(':', '')}-{hash_of(content)[:8]}.json"
    path = workspace.root / RECEIPTS / name
    write_atomically(path, json.dumps(receipt, indent=2, ensure_ascii=False) + "\n")
    return path, receipt


@dataclass(frozen=True)
class Verified:
    """What a receipt is worth: facts that hold, and facts that do not."""

    holds: tuple[str, ...]
    fails: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_receipt(path: Path) -> dict[str, Any]:
    """Raises :class:`WorkspaceError` when ``path`` is no receipt."""
    try:
        receipt = json.loads(path.read_text(encoding="utf-8"))
        _ = receipt["archive"]["sha256"], receipt["sent"], receipt["digest"], receipt["to"], receipt["student"]
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(f"{path} is no receipt of gradstep: expected a file of {RECEIPTS}/.") from error
    assert isinstance(receipt, dict)
    return receipt


def verify(receipt: dict[str, Any], inbox: Path | None, workspace: Workspace | None) -> Verified:
    """Lay ``receipt`` beside the inbox (default: where it was delivered) and beside the working folder."""
    holds: list[str] = []
    fails: list[str] = []
    notes: list[str] = []
    intact = _digest(receipt) == receipt["digest"]
    (holds if intact else fails).append("The receipt is as it was written." if intact else "The receipt was changed.")
    where = inbox or Path(receipt["to"])
    if receipt["to"].startswith("nbgrader") and inbox is None:
        notes.append("It went to nbgrader's exchange: ask `nbgrader list --inbound`.")
    else:
        said, ok = _look_into(where, receipt)
        (holds if ok else fails).append(said)
    if workspace is not None:
        changed = [
            one["file"] for one in receipt["sent"] if not _is_as_sent(workspace.root / one["file"], one["sha256"])
        ]
        notes += [f"{name} has changed since: gradstep submit sends it anew." for name in changed]
    return Verified(tuple(holds), tuple(fails), tuple(notes))


def _look_into(inbox: Path, receipt: dict[str, Any]) -> tuple[str, bool]:
    name, digest = receipt["archive"]["name"], receipt["archive"]["sha256"]
    current = inbox / name
    if _is_as_sent(current, digest):
        return f"{current} is what was sent, and it counts.", True
    stem = Path(name).stem
    earlier = sorted((inbox / EARLIER).glob("*.zip")) if (inbox / EARLIER).is_dir() else []
    if kept := [path for path in earlier if path.name.startswith(f"{stem}-") and _is_as_sent(path, digest)]:
        return f"{kept[0]} is what was sent; a later one counts now: {current}.", True
    if not inbox.is_dir():
        return f"{inbox} cannot be seen from here: say where the inbox is, --inbox DIR.", False
    return (
        f"What was sent is not in {inbox} any more." if not current.exists() else f"{current} is something else.",
        False,
    )


def _is_as_sent(path: Path, digest: str) -> bool:
    return path.is_file() and hash_of(path.read_bytes()) == digest


def _digest(receipt: dict[str, Any]) -> str:
    rest = {key: value for key, value in receipt.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
