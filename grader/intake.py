"""Intake: from a folder with the files of strangers to one submission per student and exercise.

A student's work lies in a folder ``<student>/``, in archives there (``*.zip``), or in ``<student>.zip`` beside the
folders. What is not taken is named: in the result of the exercise that it was meant for, or as a stray.
"""

from __future__ import annotations

import difflib
import itertools
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.result import one_line
from grader.submission import Refusal, Refused, Submission, from_content, from_file, read_plain_file, short_name

MAX_ARCHIVE = 20 * 2**20
MAX_TAKEN = 60 * 2**20  # bytes that all archives of one student hold for us, unpacked
SPARE_ARCHIVES = 5  # more than one for each exercise
MAX_STRAYS = 20  # of one student that are named
MAX_ENTRIES = 20_000  # of one student's folder that are looked at,
MAX_DEPTH = 16  # so deep
_IGNORED_FOLDERS = {"__MACOSX", "__pycache__"}
_OTHER_ARCHIVES = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
_SHOWN = 3  # strays that a student is told of


@dataclass(frozen=True)
class Member:
    """A file of an archive that is meant for an exercise."""

    exercise: str
    name: str  # in the archive
    content: bytes = b""
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Unpacked:
    """What an archive holds for us."""

    members: tuple[Member, ...] = ()
    strays: tuple[str, ...] = ()  # names of other files that look like submissions
    refusal: Refusal | None = None  # of the archive as a whole


Unpack = Callable[[bytes, list[str]], Unpacked]  # the archive's bytes and the names of all exercises


@dataclass(frozen=True)
class Intake:
    """A class's submissions, and the files that belong to no exercise."""

    students: tuple[str, ...]
    submissions: tuple[Submission, ...]
    strays: tuple[str, ...]


def collect(
    folder: Path,
    exercises: list[str],
    wanted: list[str] | None = None,
    unpack: Unpack | None = None,
    uses: Mapping[str, Sequence[str]] | None = None,
) -> Intake:
    """Read ``<student>/<track>/<name>.py`` (or ``.ipynb``, or either in a ``.zip``) below ``folder``.

    ``exercises`` are all names of the course. ``wanted`` are those to grade; by default those that at least one student
    handed in. Who did not hand one of them in gets a submission that says so. ``unpack`` opens archives; without it
    they are named and not opened. ``uses`` says which exercises build on the student's own code for which others.
    Raises NotADirectoryError.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    called = {_visible(name): name for name in sorted(_students(folder), key=lambda name: name == _visible(name))}
    beside = _archives_in(folder)
    homes = [_Home(folder / name, beside[name], exercises, unpack) for _, name in sorted(called.items())]
    hidden = [f"Two folders read {_visible(n)}: one counts." for n in _students(folder) if n not in called.values()]
    names = wanted or [name for name in exercises if any(home.offers(name) for home in homes)]
    submissions = tuple(home.building_on((uses or {}).get(name, ()), name) for home in homes for name in names)
    students = tuple(home.student for home in homes)
    strays = tuple(f"{home.student}/{stray}" for home in homes for stray in home.strays)
    return Intake(students, submissions, (*_look_alikes(students), *hidden, *strays))


def _students(folder: Path) -> list[str]:
    names = {path.name if path.is_dir() else path.stem for path in folder.iterdir() if _holds_work(path)}
    return sorted(names - {".", ".."})


def _visible(name: str) -> str:
    """A folder is called like its student. Control characters, and bytes that are no UTF-8, are made visible in it.

    The name stands in every report: it must not begin a line of its own there, or keep the report from being written.
    """
    return one_line(os.fsencode(name).decode("utf-8", "backslashreplace"))


def _holds_work(path: Path) -> bool:
    if path.name.startswith(".") or path.name in _IGNORED_FOLDERS:
        return False
    return path.is_dir() or path.suffix.lower() == ".zip"


def _look_alikes(students: tuple[str, ...]) -> list[str]:
    """Names that one file system or one eye takes for the same; their results are kept apart here."""
    alike: dict[str, list[str]] = defaultdict(list)
    for student in students:
        alike[unicodedata.normalize("NFKC", student).casefold()].append(student)
    pairs = [names for names in alike.values() if len(names) > 1]
    return [
        f"{' and '.join(names)} differ in case or in the form of letters only. One student, twice?" for names in pairs
    ]


class _Home:
    """All that one student handed in."""

    def __init__(self, folder: Path, beside: list[Path], exercises: list[str], unpack: Unpack | None) -> None:
        self.student = _visible(folder.name)
        self._folder = folder
        archives = sorted([*beside, *_archives_inside(folder)])
        self._archives = _opened(archives, exercises, unpack) if unpack is not None else {}
        self.strays = self._strays(exercises)

    def offers(self, exercise: str) -> bool:
        """Whether anything here is meant for ``exercise``."""
        return bool(self._files(exercise) or self._members(exercise))

    def building_on(self, others: Sequence[str], exercise: str) -> Submission:
        """The submission for ``exercise``, with those for ``others`` that there are."""
        earlier = tuple(self.submission(other) for other in others if self.offers(other))
        return replace(self.submission(exercise), earlier=earlier)

    def submission(self, exercise: str) -> Submission:
        files, members = self._files(exercise), self._members(exercise)
        found = [path.relative_to(self._folder).as_posix() for path in files]
        found += [f"{short_name(member.name)} in {archive}" for archive, member in members]
        if not found:
            return Submission(self.student, exercise, None, self._nothing(exercise))
        submission = self._from_folder(files[0], exercise) if files else self._from_archives(members, exercise)
        if len(found) > 1 and submission.refusal is None:
            words = f"{self.student}: {exercise} was handed in {len(found)} times: {_first(found)}. The first counts."
            return replace(submission, notes=(*submission.notes, words))
        return submission

    def _from_folder(self, path: Path, exercise: str) -> Submission:
        if path.parent.is_symlink():  # it could lead to the work of another student
            words = f"{path.parent.name}/ is a link, not a folder: hand in the files themselves."
            return Submission(self.student, exercise, None, Refusal("file", words))
        return from_file(path, self.student, exercise)

    def _from_archives(self, members: list[tuple[str, Member]], exercise: str) -> Submission:
        best = [pair for pair in members if pair[1].name.endswith(".py")] or members
        if len(best) > 1:
            where = _first([f"{short_name(member.name)} in {archive}" for archive, member in best])
            words = f"It is handed in {len(best)} times ({where}), and nothing says which counts. Hand in one."
            return Submission(self.student, exercise, None, Refusal("archive", words))
        archive, member = best[0]
        if member.refusal is not None:
            words = f"{short_name(member.name)} in {archive} is not read. {member.refusal.words}"
            return Submission(self.student, exercise, None, Refusal(member.refusal.cause, words))
        return from_content(member.content, member.name, self.student, exercise)

    def _files(self, exercise: str) -> list[Path]:
        paths = (self._folder / f"{exercise}{suffix}" for suffix in (".py", ".ipynb"))
        return [path for path in paths if os.path.lexists(path)]

    def _members(self, exercise: str) -> list[tuple[str, Member]]:
        members = [(short_name(path.name), m) for path, unpacked in self._archives.items() for m in unpacked.members]
        members.sort(key=lambda pair: pair[1].name.endswith(".ipynb"))  # as in folders, .py comes first
        return [(name, member) for name, member in members if member.exercise == exercise]

    def _nothing(self, exercise: str) -> Refusal:
        for path, unpacked in self._archives.items():
            if unpacked.refusal is not None:
                return Refusal(unpacked.refusal.cause, f"{short_name(path.name)} is not read. {unpacked.refusal.words}")
        words = f"Nothing was handed in: expected {exercise}.py or {exercise}.ipynb."
        if self.strays:
            words += f" Found, and not graded: {' '.join(self.strays[:_SHOWN])}"
        return Refusal("missing", words)

    def _strays(self, exercises: list[str]) -> list[str]:
        """Files that look like submissions and are none: most often a misspelt name."""
        strays = [words for name in _files_below(self._folder) if (words := self._stray(name, exercises))]
        for path, unpacked in self._archives.items():
            if unpacked.refusal is not None:
                strays.append(f"{short_name(path.name)} is not read. {unpacked.refusal.words}")
            strays += [_no_exercise(name, exercises, f" in {short_name(path.name)}") for name in unpacked.strays]
        if len(strays) > MAX_STRAYS:
            strays[MAX_STRAYS:] = [f"and {len(strays) - MAX_STRAYS} more files that are not graded."]
        return strays

    def _stray(self, name: str, exercises: list[str]) -> str:
        """What is to be said about the file ``name``; "" for those that are taken, or look like nothing of ours."""
        path = self._folder / name
        if name.endswith("/"):
            return f"{short_name(name)} cannot be read."
        if path.suffix.lower() in _OTHER_ARCHIVES:
            return f"{short_name(name)} is not opened: of archives only .zip is."
        if path.suffix in (".py", ".ipynb") and name.rpartition(".")[0] not in exercises:
            return _no_exercise(name, exercises)
        if path.suffix.lower() == ".zip" and "/" in name:
            return f"{short_name(name)} is not opened: archives lie directly in the student's folder."
        return ""


def _files_below(folder: Path) -> list[str]:
    """Files of a student, by path, and folders that cannot be read; no link is followed.

    A folder may be as large and as deep as its owner likes.
    """
    waiting, found = [("", 0)], []
    seen = 0
    while waiting and seen < MAX_ENTRIES:
        prefix, depth = waiting.pop()
        try:
            entries = _entries(folder / prefix)
        except OSError:
            found.append(prefix)
            continue
        for entry in entries:
            seen += 1
            if entry.name.startswith(".") or entry.name in _IGNORED_FOLDERS:
                continue
            if not entry.is_dir(follow_symlinks=False):
                found.append(f"{prefix}{entry.name}")
            elif depth < MAX_DEPTH:
                waiting.append((f"{prefix}{entry.name}/", depth + 1))
    return sorted(found)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing when there is none. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            return list(itertools.islice(entries, MAX_ENTRIES))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _archives_in(folder: Path) -> defaultdict[str, list[Path]]:
    """The class' archives that lie beside the students' folders, by the student that they are called like."""
    found = defaultdict(list)
    for path in folder.iterdir():
        if path.suffix.lower() == ".zip" and not path.name.startswith("."):
            found[path.stem].append(path)
    return found


def _archives_inside(home: Path) -> list[Path]:
    try:
        names = [entry.name for entry in _entries(home)]
    except OSError:
        return []  # it is named as a folder that cannot be read
    return [home / name for name in names if Path(name).suffix.lower() == ".zip" and not name.startswith(".")]


def _opened(paths: list[Path], exercises: list[str], unpack: Unpack) -> dict[Path, Unpacked]:
    """All archives of one student, as far as they have room together."""
    most, left = len(exercises) + SPARE_ARCHIVES, MAX_TAKEN
    found: dict[Path, Unpacked] = {}
    for path in paths[: most + 1]:
        if len(found) == most:
            found[path] = Unpacked(refusal=Refusal("archive", f"Of {len(paths)} archives only {most} are opened."))
            break
        unpacked = _unpacked(path, exercises, unpack)
        left -= sum(len(member.content) for member in unpacked.members)
        if left < 0:
            words = f"All archives together hold more than {MAX_TAKEN / 2**20:g} MB."
            found[path] = Unpacked(refusal=Refusal("size", words))
            break
        found[path] = unpacked
    return found


def _unpacked(path: Path, exercises: list[str], unpack: Unpack) -> Unpacked:
    try:
        return unpack(read_plain_file(path, MAX_ARCHIVE), exercises)
    except Refused as refused:
        return Unpacked(refusal=refused.refusal)


def _first(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def _no_exercise(name: str, exercises: list[str], where: str = "") -> str:
    if name.lower().endswith(".zip"):
        return f"{short_name(name)}{where} is not opened: it is an archive in an archive."
    return f"{short_name(name)}{where} belongs to no exercise.{_guess(name, exercises)}"


def _guess(name: str, exercises: list[str]) -> str:
    close = difflib.get_close_matches(name.rpartition(".")[0][-100:], exercises, n=1, cutoff=0.6)
    return f" Is it meant for {close[0]}?" if close else ""
