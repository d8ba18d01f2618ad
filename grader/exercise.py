"""A course and its exercises, read from folders. There is no registry: a folder with a suite is an exercise."""

from __future__ import annotations

import ast
import functools
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from grader.policy import Forbidden

STEPS = ("forward pass", "loss calculation", "backward pass", "optimization", "iterative process")
DEFAULT_SEED = "gradstep"
SOLUTION = "solution.py"  # in a released exercise, where the course shows solutions
_LIMITS = {"cpu_seconds": 10.0, "total_cpu_seconds": 20.0, "memory_mb": 1024}


class CourseError(Exception):
    """A course or an exercise is not as it should be; the text says what was found and what to do."""


@dataclass(frozen=True)
class Exercise:
    """One folder ``<track>/<name>``: below ``solutions/`` as instructors write it, below ``exercises/`` as released."""

    folder: Path
    title: str
    step: str
    after: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()  # earlier exercises whose code by the same student is at hand to the probes
    forbid: Forbidden = field(default_factory=Forbidden)
    limits: dict[str, float] = field(default_factory=lambda: dict(_LIMITS))
    minutes: int | None = None  # that a learner needs, about
    stated_points: float | None = None  # in a released exercise, where no suite is there to count them

    @property
    def name(self) -> str:
        """``track/name``, e.g. ``loss/cross_entropy``."""
        return f"{self.track}/{self.short_name}"

    @property
    def track(self) -> str:
        return self.folder.parent.name

    @property
    def short_name(self) -> str:
        return self.folder.name

    @property
    def code(self) -> Path:
        """The reference below ``solutions/``, the template below ``exercises/``."""
        return self.folder / f"{self.short_name}.py"

    @property
    def hidden_suite(self) -> Path:
        return self.folder / "test_hidden.py"

    @property
    def public_suite(self) -> Path:
        return self.folder / "test_public.py"

    @property
    def probes(self) -> str | None:
        """Source of ``probes.py``, or None when the exercise has none."""
        path = self.folder / "probes.py"
        return read_text(path) if path.exists() else None

    @property
    def points(self) -> float | None:
        """What all checks of the hidden suite are worth; None where neither suite nor release says."""
        if not self.hidden_suite.exists():
            return self.stated_points
        functions = [node for node in parsed(self.hidden_suite).body if isinstance(node, ast.FunctionDef)]
        return sum(_points_of(function) for function in functions if function.name.startswith("test_"))

    def entries(self) -> list[str]:
        """Names that a submission is asked for: what the exercise's own code defines at its top level."""
        return [node.name for node in parsed(self.code).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]

    @property
    def alternatives(self) -> list[Path]:
        """Other right answers, by name."""
        return sorted((self.folder / "alternatives").glob("*.py"))

    @property
    def misconceptions(self) -> list[Path]:
        """Known-wrong variants, by name; the first line of each docstring is for the student who made the mistake."""
        return sorted((self.folder / "misconceptions").glob("*.py"))

    def fingerprint(self) -> str:
        """SHA-256 over everything in the folder that a score, or the words beside it, depend on."""
        digest = hashlib.sha256()
        names = ("test_hidden.py", self.code.name, "probes.py", "exercise.toml", "bands.json")
        for path in (*(self.folder / name for name in names), *self.misconceptions):
            content = path.read_bytes() if path.exists() else b""
            digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()


@dataclass(frozen=True)
class Course:
    """A folder with ``course.toml``, ``solutions/`` and ``exercises/``."""

    root: Path
    title: str
    tracks: tuple[str, ...]
    exercises: tuple[Exercise, ...]  # in the order in which they are taught
    show_solutions: bool = False  # to students who have solved an exercise themselves

    @classmethod
    def open(cls, root: Path) -> Course:
        """Read the course at ``root``; raises :class:`CourseError` with the file to mend."""
        root = root.resolve()
        path = root / "course.toml"
        settings = _read_toml(path, required=False)
        if not (root / "solutions").is_dir() and not (root / "exercises").is_dir():
            raise CourseError(f"{root} is no course: expected a folder solutions/ (or exercises/) in it. See --course.")
        tracks = _strings(path, settings, "tracks")
        title = settings.get("title", root.name)
        if not isinstance(title, str):
            raise CourseError(f'{path}: title is {title!r}, expected title = "…".')
        show = settings.get("show_solutions", False)
        if not isinstance(show, bool):
            raise CourseError(f"{path}: show_solutions is {show!r}, expected true or false.")
        found = [_read_exercise(folder) for folder in _exercise_folders(root)]
        return cls(root, title, tracks, tuple(_in_order(found, tracks)), show)

    def exercise(self, name: str) -> Exercise:
        """The exercise called ``track/name``; raises :class:`CourseError` with the names that there are."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        known = ", ".join(exercise.name for exercise in self.exercises) or "none"
        raise CourseError(f"There is no exercise {name!r} in {self.root}. It has: {known}.")

    def seed(self) -> str:
        """The secret that hidden data is drawn from: the content of ``solutions/seed``, or a fixed word."""
        path = self.root / "solutions" / "seed"
        return read_text(path).strip() if path.exists() else DEFAULT_SEED

    @property
    def id(self) -> str:
        """The course's name for other systems' databases."""
        return self.root.name


def built_in_course() -> Path:
    """The course that comes with gradstep: the clone that the package lies in, or the released part in the wheel."""
    package = Path(str(resources.files("grader")))
    clone = package.parent
    return clone if (clone / "course.toml").exists() and (clone / "exercises").is_dir() else package / "course"


def _points_of(check: ast.FunctionDef) -> float:
    """The number in ``@pytest.mark.points(2)``; 1 without."""
    for mark in check.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.points") and mark.args:
            value = mark.args[0]
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, int | float) else 1
    return 1


def _exercise_folders(root: Path) -> Iterable[Path]:
    """Folders below ``solutions/`` when there are any, else (a released course) below ``exercises/``."""
    suites = sorted((root / "solutions").glob("*/*/test_hidden.py"))
    if suites:
        return [suite.parent for suite in suites]
    return [path.parent for path in sorted((root / "exercises").glob("*/*/exercise.toml"))]


def _read_exercise(folder: Path) -> Exercise:
    path = folder / "exercise.toml"
    settings = _read_toml(path, required=True)
    known = ("points", "title", "step", "after", "uses", "minutes", "forbid", "limits")
    if unknown := set(settings) - set(known):
        raise CourseError(f"{path}: unknown key {', '.join(sorted(unknown))}. Known: {', '.join(known)}.")
    for key in ("title", "step"):
        if not isinstance(settings.get(key), str):
            raise CourseError(f'{path}: expected {key} = "…".')
    if settings["step"] not in STEPS:
        raise CourseError(f"{path}: step is {settings['step']!r}, expected one of: {', '.join(STEPS)}.")
    minutes = settings.get("minutes")
    if minutes is not None and (type(minutes) is not int or minutes < 1):
        raise CourseError(f"{path}: minutes is {minutes!r}, expected a whole number above 0: minutes = 20.")
    points = settings.get("points")
    if points is not None and type(points) not in (int, float):
        raise CourseError(f"{path}: points is {points!r}, expected a number, or nothing: a release writes it.")
    code = folder / f"{folder.name}.py"
    if not code.exists():
        raise CourseError(f"{folder}: expected the file {code.name} in it.")
    return Exercise(
        folder=folder,
        title=settings["title"],
        step=settings["step"],
        after=_strings(path, settings, "after"),
        uses=_strings(path, settings, "uses"),
        forbid=_forbidden(path, settings.get("forbid", [])),
        limits=_limits(path, settings.get("limits", {})),
        minutes=minutes,
        stated_points=points,
    )


def _forbidden(path: Path, given: Any) -> Forbidden:
    """A list of names, or a table with ``names`` and the ``checks`` whose points a use takes."""
    table = given if isinstance(given, dict) else {"names": given}
    for key, value in table.items():
        if key not in ("names", "checks") or not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            expected = 'a list of names, or [forbid] with names = ["torch.optim"] and checks = ["test_value"]'
            raise CourseError(f"{path}: forbid is {given!r}, expected {expected}.")
    return Forbidden(tuple(table.get("names", ())), tuple(table.get("checks", ())))


def _strings(path: Path, settings: dict[str, Any], key: str) -> tuple[str, ...]:
    found = settings.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise CourseError(f'{path}: {key} is {found!r}, expected a list of strings: {key} = ["…"].')
    return tuple(found)


def _limits(path: Path, given: Any) -> dict[str, float]:
    if not isinstance(given, dict):
        raise CourseError(f"{path}: limits is {given!r}, expected a table: [limits], and below it cpu_seconds = 10.")
    for key, value in given.items():
        if key not in _LIMITS:
            raise CourseError(f"{path}: unknown limit {key!r}. Known: {', '.join(_LIMITS)}.")
        if type(value) not in (int, float) or not 0 < value < 1e6:
            raise CourseError(f"{path}: limit {key} is {value!r}, expected a number above 0.")
    limits = _LIMITS | given
    if "total_cpu_seconds" not in given:
        limits["total_cpu_seconds"] = 2 * limits["cpu_seconds"]
    return limits


def _in_order(exercises: list[Exercise], tracks: tuple[str, ...]) -> list[Exercise]:
    """By track as ``course.toml`` orders them, then what is needed before what needs it, then by name."""
    by_name = {exercise.name: exercise for exercise in exercises}

    def depth(exercise: Exercise, seen: tuple[str, ...] = ()) -> int:
        if exercise.name in seen:
            raise CourseError(f"These exercises come after each other in a circle: {' → '.join(seen)}.")
        needed = [by_name[name] for name in exercise.after if name in by_name]
        return 1 + max((depth(other, (*seen, exercise.name)) for other in needed), default=0)

    def place(exercise: Exercise) -> tuple[int, int, str]:
        track = tracks.index(exercise.track) if exercise.track in tracks else len(tracks)
        return track, depth(exercise), exercise.name

    return sorted(exercises, key=place)


def _read_toml(path: Path, *, required: bool) -> dict[str, Any]:
    if not path.exists():
        if required:
            raise CourseError(f"{path} is missing: every exercise has one.")
        return {}
    return read_toml(path)


def read_toml(path: Path) -> dict[str, Any]:
    """What ``path`` says; :class:`CourseError`, naming it, when that is no TOML."""
    try:
        return tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CourseError(f"{path} is not valid TOML: {error}.") from error


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file of the course, empty if it is not there; :class:`CourseError` names the line.

    It is to be read only: who asks again gets the same tree.
    """
    return _tree(path, read_text(path) if path.exists() else "")


@functools.lru_cache(maxsize=64)
def _tree(path: Path, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"{path}, line {error.lineno}, is not valid Python: {error.msg}.") from error
    except (ValueError, RecursionError, MemoryError) as error:  # NUL characters; expressions too deep
        raise CourseError(f"{path} is not valid Python: {error}.") from error


def read_text(path: Path) -> str:
    """The text of one of a course's files; :class:`CourseError`, naming it, when that is no text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CourseError(f"{path} is missing.") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not text in UTF-8 (byte {error.start}): save it as UTF-8.") from error
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}): expected a file of text.") from error
