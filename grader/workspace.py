"""A student's working folder: files of the exercises that were started, and ``gradstep.json``, what was achieved.

Nothing here imports torch or reads a suite. Work is never overwritten: a file is written when it is not there, or when
it is still exactly what an earlier ``gradstep start`` wrote.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from grader.exercise import SOLUTION, Course, CourseError, Exercise, built_in_course
from grader.result import Result, write_atomically

STATE = "gradstep.json"
SCHEMA = 1


class WorkspaceError(Exception):
    """The working folder is not as a command needs it; the text says what was found and what to do."""


@dataclass
class Progress:
    """What a student has done in one exercise. Times are Unix seconds."""

    began: float = 0.0  # when the student turned to it, or began anew; 0: not yet
    attempts: int = 0  # checks of a file that had changed since the one before
    checked: str = ""  # SHA-256 of the file that was checked last
    points: float = 0.0  # of the public checks, at the last check
    of: float = 0.0
    solved: bool = False  # all public checks passed once
    best_seconds: float | None = None  # from its beginning until they passed
    hints: int = 0  # rungs that were read
    submitted: float | None = None
    files: dict[str, str] = field(default_factory=dict)  # name → SHA-256 of what was copied


@dataclass(frozen=True)
class Copied:
    """What became of one file: "new", "updated", "kept" (the student's own), or "same"."""

    path: Path
    how: str


class Workspace:
    """The folder ``root`` and what is remembered in it. :meth:`save` writes that down."""

    def __init__(self, root: Path, student: str, course: str | None, current: str = "") -> None:
        self.root = root
        self.student = student
        self.current = current  # the exercise that a command without a name means
        self.progress: dict[str, Progress] = {}
        self.inbox = ""  # where submissions went last
        self._course = course

    @classmethod
    def find(cls, folder: Path) -> Workspace:
        """The workspace that ``folder`` lies in; raises :class:`WorkspaceError`."""
        folder = folder.resolve()
        for root in (folder, *folder.parents):
            if (root / STATE).is_file():
                return cls.read(root)
        words = f"{folder} is no working folder: there is no {STATE} in it, nor above it."
        raise WorkspaceError(f"{words} Go to yours, or make one: gradstep start all")

    @classmethod
    def read(cls, root: Path) -> Workspace:
        path = root / STATE
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["schema"] != SCHEMA:
                raise WorkspaceError(f"{path} is of another version of gradstep ({data['schema']!r}). Update gradstep.")
            workspace = cls(root, data["student"], data["course"], data["current"])
            workspace.inbox = data.get("inbox", "")
            workspace.progress = {name: _progress(known) for name, known in data["exercises"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            words = "Move it away and run `gradstep start` here again: files stay as they are, only progress is lost."
            raise WorkspaceError(f"{path} cannot be read ({type(error).__name__}: {error}). {words}") from error
        return workspace

    def refresh(self) -> None:
        """Read anew what another command may have written meanwhile."""
        self.progress = Workspace.read(self.root).progress

    def save(self) -> None:
        data = {
            "schema": SCHEMA,
            "student": self.student,
            "course": self._course,
            "current": self.current,
            "inbox": self.inbox,
            "exercises": {name: asdict(progress) for name, progress in self.progress.items()},
        }
        write_atomically(self.root / STATE, json.dumps(data, indent=2, ensure_ascii=False) + "\n")

    def course(self, other: Path | None = None) -> Course:
        """The course that the folder belongs to, or ``other``. Raises :class:`CourseError`."""
        root = other or (Path(self._course) if self._course else built_in_course())
        if not root.is_dir():
            words = f"The course of this working folder is not at {root} any more."
            raise CourseError(f"{words} Say where it is now: --course DIR")
        return Course.open(root)

    def is_of(self, course: Path) -> None:
        """From now on the folder belongs to the course at ``course``."""
        self._course = str(course.resolve())

    # --- files ------------------------------------------------------------------------------------------------------

    def folder(self, exercise: Exercise) -> Path:
        return self.root / exercise.track / exercise.short_name

    def file(self, exercise: Exercise) -> Path:
        """The student's own file: the ``.py``, else the notebook. Raises :class:`WorkspaceError`."""
        folder = self.folder(exercise)
        for suffix in (".py", ".ipynb"):
            path = folder / f"{exercise.short_name}{suffix}"
            if path.is_file():
                return path
        if not folder.is_dir():
            raise WorkspaceError(f"{exercise.name} is not started yet. Start it: gradstep start {exercise.name}")
        own = [p.name for p in sorted(folder.glob("*.py")) + sorted(folder.glob("*.ipynb")) if _may_be_work(p)]
        found = f"Found: {', '.join(own)}. Was it renamed?" if own else "It is gone."
        words = f"Expected {exercise.short_name}.py (or .ipynb) in {folder}. {found}"
        raise WorkspaceError(f"{words} For the template again: gradstep start {exercise.name}")

    def start(self, exercise: Exercise, course: Course, *, notebook: bool = False) -> list[Copied]:
        """Copy what students get of ``exercise``; returns what became of each file."""
        released = released_folder(course, exercise)
        progress = self.progress_in(exercise)
        copied = []
        for source in _to_copy(released, exercise, self._form(exercise, notebook)):
            content = source.read_bytes()
            target = self.folder(exercise) / source.name
            how = _how(target, content, progress.files.get(source.name))
            if how in ("new", "updated"):
                write_atomically(target, content.decode("utf-8"))
            if how != "kept":
                progress.files[source.name] = hash_of(content)
            copied.append(Copied(target, how))
        return copied

    def turn_to(self, exercise: Exercise) -> None:
        """From now on commands without a name mean ``exercise``, and its time runs."""
        self.current = exercise.name
        progress = self.progress_in(exercise)
        progress.began = progress.began or time.time()

    def reset(self, exercise: Exercise, course: Course) -> Path:
        """The template in place of the student's file, which stays beside it as ``….old1``; returns that one."""
        path = self.file(exercise)
        number = 1
        while (kept := path.with_name(f"{path.name}.old{number}")).exists():
            number += 1
        path.rename(kept)
        self.progress[exercise.name].files.pop(path.name, None)
        self.start(exercise, course, notebook=path.suffix == ".ipynb")
        self.progress[exercise.name].began = time.time()
        self.progress[exercise.name].solved = False
        return kept

    def outdated(self, exercise: Exercise, course: Course) -> list[str]:
        """Names of files of which the course has another version than the one that was copied."""
        known = self.progress[exercise.name].files if exercise.name in self.progress else {}
        released = released_folder(course, exercise)
        paths = {name: released / name for name in known}
        return [name for name, path in paths.items() if path.is_file() and hash_of(path.read_bytes()) != known[name]]

    def is_unstarted(self, exercise: Exercise, course: Course) -> bool:
        """Whether the student's file is still the template."""
        path = self.file(exercise)
        template = released_folder(course, exercise) / path.name
        known = self.progress[exercise.name].files.get(path.name) if exercise.name in self.progress else None
        content = path.read_bytes()
        return hash_of(content) == known or (template.is_file() and content.split() == template.read_bytes().split())

    def _form(self, exercise: Exercise, notebook: bool) -> str:
        """The suffix of the template: as the student has begun, else as asked for."""
        begun = [s for s in (".py", ".ipynb") if (self.folder(exercise) / f"{exercise.short_name}{s}").exists()]
        return begun[0] if begun else ".ipynb" if notebook else ".py"

    # --- progress ---------------------------------------------------------------------------------------------------

    def progress_in(self, exercise: Exercise) -> Progress:
        return self.progress.setdefault(exercise.name, Progress())

    def note_check(self, exercise: Exercise, result: Result) -> Progress:
        """Remember how a check ended."""
        self.turn_to(exercise)
        progress = self.progress_in(exercise)
        progress.points, progress.of = result.score or 0.0, result.max_score
        progress.attempts += result.provenance.submission != progress.checked
        progress.checked = result.provenance.submission
        if progress.points == progress.of and not progress.solved:
            progress.solved = True
            seconds = time.time() - progress.began
            progress.best_seconds = min(seconds, progress.best_seconds or seconds)
        return progress

    def next_of(self, course: Course, among: Sequence[Exercise] | None = None) -> Exercise | None:
        """The first exercise (of all, or ``among`` some) that is not solved and that comes after solved ones only."""
        solved = {name for name, progress in self.progress.items() if progress.solved}
        names = {exercise.name for exercise in course.exercises}
        open_ = [exercise for exercise in among or course.exercises if exercise.name not in solved]
        ready = [exercise for exercise in open_ if set(exercise.after) & names <= solved]
        return next(iter(ready or open_), None)


def exercise_called(course: Course, words: str, folder: Path) -> Exercise:
    """The exercise that a student means: ``loss/cross_entropy``, ``cross_entropy``, or a path to its file or folder."""
    name = words.strip().rstrip("/").removesuffix(".py").removesuffix(".ipynb")
    found = [e for e in course.exercises if name in (e.name, e.short_name)]
    if len(found) == 1:
        return found[0]
    parts = (folder / words).resolve().parts
    inside = [e for e in course.exercises if any(p == (e.track, e.short_name) for p in _pairs(parts))]
    if len(inside) == 1:
        return inside[0]
    if found:
        raise CourseError(f"{words!r} may be {' or '.join(e.name for e in found)}: say which.")
    return course.exercise(words)


def exercises_called(course: Course, words: str, folder: Path) -> list[Exercise]:
    """One exercise, all of a track, or all."""
    if words == "all":
        return list(course.exercises)
    return [e for e in course.exercises if e.track == words] or [exercise_called(course, words, folder)]


def released_folder(course: Course, exercise: Exercise) -> Path:
    """What students get of ``exercise``; raises :class:`CourseError` when it has not been released."""
    folder = course.root / "exercises" / exercise.name
    if not (folder / exercise.code.name).is_file():
        raise CourseError(f"{exercise.name} is not released: {folder} holds no template. Run: gradstep release")
    return folder


def duration(seconds: float) -> str:
    """``seconds`` as people say it: "40 s", "12 min", "3 h", "2 days"."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and unit != "days"):
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _to_copy(released: Path, exercise: Exercise, form: str) -> Iterator[Path]:
    for path in sorted(released.iterdir()):
        template = path.stem == exercise.short_name
        for_students = path.suffix in (".py", ".ipynb", ".md") and path.name not in (SOLUTION, "picture.py")
        if for_students and (not template or path.suffix == form):
            yield path


def _how(target: Path, content: bytes, copied: str | None) -> str:
    if not target.exists():
        return "new"
    found = hash_of(target.read_bytes())
    if found == hash_of(content):
        return "same"
    return "updated" if found == copied else "kept"


def _may_be_work(path: Path) -> bool:
    return path.name not in ("test_public.py", "probes.py")


def _pairs(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    parts = list(parts)
    return zip(parts, [part.removesuffix(".py").removesuffix(".ipynb") for part in parts[1:]], strict=False)


def _progress(known: dict[str, Any]) -> Progress:
    names = {f.name for f in fields(Progress)}
    return Progress(**{name: value for name, value in known.items() if name in names})
