"""Intake: from files that strangers wrote to one source text per student and exercise.

Nothing here parses or runs Python. A file that cannot be graded is not an error of ours: it becomes a submission with
a :class:`Refusal`, so that its student gets a result that names the cause. The original file is never touched.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.result import one_line, shown

MAX_PY = 2**20
MAX_NOTEBOOK = 20 * 2**20
_COOKIE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
_MAGIC = re.compile(r"^(%|!|\?|.*\bget_ipython\()")
_IGNORED_FOLDERS = {"__MACOSX", "__pycache__"}


@dataclass(frozen=True)
class Refusal:
    """Why a file was not run: one word for tables, and words for the student."""

    cause: str
    words: str


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one exercise; ``source`` is None when there is a ``refusal``."""

    student: str
    exercise: str
    source: str | None
    refusal: Refusal | None = None
    cells: tuple[tuple[int, int], ...] = ()  # of a notebook: (first line in source, number of the cell)
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the very text that runs; "" when nothing does."""
        return "" if self.source is None else hashlib.sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()

    def place(self, line: int) -> str:
        """Where ``line`` of the source stands in what the student wrote: "line 7", or "cell 3, line 2"."""
        for first, cell in reversed(self.cells):
            if line >= first:
                return f"cell {cell}, line {line - first + 1}"
        return f"line {line}"


@dataclass(frozen=True)
class Intake:
    """A class's submissions, and the files that belong to no exercise."""

    students: tuple[str, ...]
    submissions: tuple[Submission, ...]
    strays: tuple[str, ...]


def collect(folder: Path, exercises: list[str], wanted: list[str] | None = None) -> Intake:
    """Read ``<student>/<track>/<name>.py`` (or ``.ipynb``) below ``folder``.

    ``exercises`` are all names of the course. ``wanted`` are those to grade; by default those that at least one student
    handed in. Who did not hand one of them in gets a submission that says so. Raises NotADirectoryError.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    homes = sorted(path for path in folder.iterdir() if path.is_dir() and not _ignored(path))
    homes.sort(key=lambda home: home.name == _student(home))  # last, so it wins: who is really called so
    students = {_student(home): home for home in homes}
    names = wanted or [name for name in exercises if any(_candidates(home, name) for home in homes)]
    submissions = tuple(read(home, student, name) for student, home in students.items() for name in names)
    strays = tuple(stray for student, home in students.items() for stray in _strays(home, student, exercises))
    return Intake(tuple(students), submissions, strays)


def _student(home: Path) -> str:
    """A folder is called like its student. Control characters, and bytes that are no UTF-8, are made visible in it.

    The name stands in every report: it must not begin a line of its own there, or keep the report from being written.
    """
    return one_line(os.fsencode(home.name).decode("utf-8", "backslashreplace"))


def read(home: Path, student: str, exercise: str) -> Submission:
    """The submission of ``student``, whose files lie below ``home``, for ``exercise``."""
    found = _candidates(home, exercise)
    if not found:
        words = f"Nothing was handed in: expected {exercise}.py or {exercise}.ipynb."
        return Submission(student, exercise, None, Refusal("missing", words))
    if found[0].parent.is_symlink():  # it could lead to the work of another student
        words = f"{found[0].parent.name}/ is a link, not a folder: hand in the files themselves."
        return Submission(student, exercise, None, Refusal("file", words))
    notes: tuple[str, ...] = ()
    if len(found) > 1:
        notes = (f"{student}: {exercise} was handed in twice, as .py and as .ipynb; the .py counts.",)
    submission = from_file(found[0], student, exercise)
    return Submission(student, exercise, submission.source, submission.refusal, submission.cells, notes)


def from_file(path: Path, student: str, exercise: str) -> Submission:
    """The submission in one file."""
    try:
        content = _read_plain_file(path, MAX_NOTEBOOK if path.suffix == ".ipynb" else MAX_PY)
        if path.suffix == ".ipynb":
            source, cells = _join_cells(content)
        else:
            source, cells = _decode(content), ()
        return Submission(student, exercise, source, cells=cells)
    except _Refused as refused:
        return Submission(student, exercise, None, refused.refusal)


class _Refused(Exception):
    def __init__(self, cause: str, words: str) -> None:
        super().__init__(words)
        self.refusal = Refusal(cause, shown(words))  # they may quote the file


def _candidates(home: Path, exercise: str) -> list[Path]:
    return [path for suffix in (".py", ".ipynb") if os.path.lexists(path := home / f"{exercise}{suffix}")]


def _ignored(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _IGNORED_FOLDERS


def _strays(home: Path, student: str, exercises: list[str]) -> list[str]:
    """Files that look like submissions and are none: most often a misspelt name."""
    strays = []
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).with_suffix("").as_posix()
        hidden = any(part.startswith(".") or part in _IGNORED_FOLDERS for part in path.relative_to(home).parts)
        if path.suffix not in (".py", ".ipynb") or hidden or name in exercises:
            continue
        close = difflib.get_close_matches(name, exercises, n=1, cutoff=0.6)
        hint = f" Did the student mean {close[0]}?" if close else ""
        strays.append(f"{student}/{one_line(path.relative_to(home).as_posix())} belongs to no exercise.{hint}")
    return strays


def _read_plain_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; a link could show one student another's work, a device never ends."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise _Refused("file", f"{path.name} could not be read: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _Refused("file", f"{path.name} is not a plain file.")
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise _Refused("size", f"{path.name} is larger than {limit / 2**20:g} MB.")
    return content


def _decode(content: bytes) -> str:
    """UTF-8, with or without a byte order mark; what is scanned and what runs is this one text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused("encoding", f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    if "\0" in text:
        raise _Refused("encoding", "The file holds NUL characters: it is no Python text.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n")[:2]:
        cookie = _COOKIE.match(line)
        if cookie and cookie[1].lower().replace("_", "-") not in ("utf-8", "utf8", "ascii", "us-ascii"):
            raise _Refused("encoding", f"The file declares the encoding {cookie[1]}; only UTF-8 is read.")
    return text


def _join_cells(content: bytes) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The code cells of a notebook as one source, and where each begins."""
    try:
        notebook = json.loads(_decode(content))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        sources = [_cell_source(cell) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _Refused("notebook", "The file is not a notebook that can be read (nbformat 4 JSON).") from error
    lines: list[str] = []
    starts = []
    for number, source in enumerate(sources, start=1):
        starts.append((len(lines) + 1, number))
        for at, line in enumerate(_lines(source), start=1):
            if _MAGIC.match(line):
                found = f"Cell {number}, line {at} is for Jupyter, not Python: `{line[:80]}`."
                raise _Refused("magic", f"{found} Remove it and hand in again.")
            lines.append(line)
        lines.append("")
    return "\n".join(lines), tuple(starts)


def _lines(source: str) -> list[str]:
    """The lines that Python counts; ``splitlines`` also ends one at a form feed or U+2028, and so breaks strings."""
    return re.split(r"\r\n|\r|\n", re.sub(r"(\r\n|\r|\n)\Z", "", source))


def _cell_source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if not isinstance(source, str):
        raise TypeError
    return source
