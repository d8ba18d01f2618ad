"""Intake: from a folder with the files of strangers to one submission per student and exercise.

A student's work lies in a folder ``<student>/``, in archives there (``*.zip``), or in ``<student>.zip`` beside the
folders. What is not taken is named: in the result of the exercise that it was meant for, or as a stray.
"""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from grader.submission import Refusal, Refused, Submission, from_content, from_file, read_plain_file

MAX_ARCHIVE = 20 * 2**20
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
    folder: Path, exercises: list[str], wanted: list[str] | None = None, unpack: Unpack | None = None
) -> Intake:
    """Read ``<student>/<track>/<name>.py`` (or ``.ipynb``, or either in a ``.zip``) below ``folder``.

    ``exercises`` are all names of the course. ``wanted`` are those to grade; by default those that at least one student
    handed in. Who did not hand one of them in gets a submission that says so. ``unpack`` opens archives; without it
    they are named and not opened. Raises NotADirectoryError.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    homes = [_Home(folder, student, exercises, unpack) for student in _students(folder)]
    names = wanted or [name for name in exercises if any(home.offers(name) for home in homes)]
    submissions = tuple(home.submission(name) for home in homes for name in names)
    students = tuple(home.student for home in homes)
    strays = tuple(f"{home.student}/{stray}" for home in homes for stray in home.strays)
    return Intake(students, submissions, (*_look_alikes(students), *strays))


def _students(folder: Path) -> list[str]:
    names = {path.name if path.is_dir() else path.stem for path in folder.iterdir() if _holds_work(path)}
    return sorted(names - {".", ".."})


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

    def __init__(self, folder: Path, student: str, exercises: list[str], unpack: Unpack | None) -> None:
        self.student = student
        self._folder = folder / student
        self._archives = {
            path.name: _unpacked(path, exercises, unpack) for path in _archives(folder, student) if unpack is not None
        }
        self.strays = self._strays(exercises)

    def offers(self, exercise: str) -> bool:
        """Whether anything here is meant for ``exercise``."""
        return bool(self._files(exercise) or self._members(exercise))

    def submission(self, exercise: str) -> Submission:
        files, members = self._files(exercise), self._members(exercise)
        found = [path.relative_to(self._folder).as_posix() for path in files]
        found += [f"{member.name} in {archive}" for archive, member in members]
        if not found:
            return Submission(self.student, exercise, None, self._nothing(exercise))
        submission = self._from_folder(files[0], exercise) if files else self._from_archives(members, exercise)
        if len(found) > 1 and submission.refusal is None:
            words = (
                f"{self.student}: {exercise} was handed in {len(found)} times: {', '.join(found)}. The first counts."
            )
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
            where = ", ".join(f"{member.name} in {archive}" for archive, member in best)
            words = f"It is handed in {len(best)} times ({where}), and nothing says which counts. Hand in one."
            return Submission(self.student, exercise, None, Refusal("archive", words))
        archive, member = best[0]
        if member.refusal is not None:
            words = f"{member.name} in {archive} is not read. {member.refusal.words}"
            return Submission(self.student, exercise, None, Refusal(member.refusal.cause, words))
        return from_content(member.content, member.name, self.student, exercise)

    def _files(self, exercise: str) -> list[Path]:
        paths = (self._folder / f"{exercise}{suffix}" for suffix in (".py", ".ipynb"))
        return [path for path in paths if os.path.lexists(path)]

    def _members(self, exercise: str) -> list[tuple[str, Member]]:
        members = [(name, member) for name, unpacked in self._archives.items() for member in unpacked.members]
        members.sort(key=lambda pair: pair[1].name.endswith(".ipynb"))  # as in folders, .py comes first
        return [(name, member) for name, member in members if member.exercise == exercise]

    def _nothing(self, exercise: str) -> Refusal:
        for name, unpacked in self._archives.items():
            if unpacked.refusal is not None:
                return Refusal(unpacked.refusal.cause, f"{name} is not read. {unpacked.refusal.words}")
        words = f"Nothing was handed in: expected {exercise}.py or {exercise}.ipynb."
        if self.strays:
            words += f" Found, and not graded: {' '.join(self.strays[:_SHOWN])}"
        return Refusal("missing", words)

    def _strays(self, exercises: list[str]) -> list[str]:
        """Files that look like submissions and are none: most often a misspelt name."""
        strays = []
        for path in sorted(self._folder.rglob("*")):
            relative = path.relative_to(self._folder)
            if any(part.startswith(".") or part in _IGNORED_FOLDERS for part in relative.parts):
                continue
            if path.suffix.lower() in _OTHER_ARCHIVES:
                strays.append(f"{relative.as_posix()} is not opened: of archives only .zip is.")
            elif path.suffix in (".py", ".ipynb") and relative.with_suffix("").as_posix() not in exercises:
                strays.append(f"{relative.as_posix()} belongs to no exercise.{_guess(relative.as_posix(), exercises)}")
            elif path.suffix.lower() == ".zip" and path.name not in self._archives:
                strays.append(f"{relative.as_posix()} is not opened: archives lie directly in the student's folder.")
        for archive, unpacked in self._archives.items():
            if unpacked.refusal is not None:
                strays.append(f"{archive} is not read. {unpacked.refusal.words}")
            strays += [
                f"{name} in {archive} belongs to no exercise.{_guess(name, exercises)}" for name in unpacked.strays
            ]
        return strays


def _archives(folder: Path, student: str) -> list[Path]:
    beside = [path for path in folder.iterdir() if path.suffix.lower() == ".zip" and path.stem == student]
    home = folder / student
    inside = [path for path in home.iterdir() if path.suffix.lower() == ".zip"] if home.is_dir() else []
    return sorted(path for path in (*beside, *inside) if not path.name.startswith("."))


def _unpacked(path: Path, exercises: list[str], unpack: Unpack) -> Unpacked:
    try:
        return unpack(read_plain_file(path, MAX_ARCHIVE), exercises)
    except Refused as refused:
        return Unpacked(refusal=refused.refusal)


def _guess(name: str, exercises: list[str]) -> str:
    close = difflib.get_close_matches(name.rpartition(".")[0][-100:], exercises, n=1, cutoff=0.6)
    return f" Is it meant for {close[0]}?" if close else ""
