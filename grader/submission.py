"""What one student handed in for one exercise: a text, or the reason why there is none.

Nothing here parses or runs Python, JSON or archives: that is a worker's work (:mod:`grader.opening`). A file that
cannot be graded is not an error of ours: it becomes a submission with a :class:`Refusal`, so that its student gets a
result that names the cause. The original file is never touched.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.result import one_line, printable, shown

MAX_PY = 2**20
MAX_NOTEBOOK = 20 * 2**20
_COOKIE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
_OURS = re.compile(r"(utf-?8|(us-)?ascii)(-.*)?", re.IGNORECASE)  # "utf-8-unix" is what Emacs writes
_BEFORE_COOKIE = re.compile(r"^[ \t\f]*(#|$)")
_MAGIC = re.compile(r"^(%|!|\?|.*\bget_ipython\()")
# Our own lines for Jupyter. Nothing but their own words may stand in them, so nothing is lost when they are left empty.
_CHECK_LINE = re.compile(r"%((re)?load_ext[ \t]+grader|check([ \t]+[\w./-]+)?)[ \t]*")
_CHECK_CELL = re.compile(r"%%check([ \t]+[\w./-]+)?[ \t]*")
_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")  # bidirectional controls, see "Trojan Source" (CVE-2021-42574)


@dataclass(frozen=True)
class Refusal:
    """Why a file was not run: one word for tables, and words for the student."""

    cause: str
    words: str


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one exercise.

    ``source`` is the text that runs. It is None when there is a ``refusal``, and as long as a ``notebook`` has not been
    opened (:func:`grader.opening.open_notebook`).
    """

    student: str
    exercise: str
    source: str | None
    refusal: Refusal | None = None
    cells: tuple[tuple[int, int], ...] = ()  # of a notebook: (first line in source, number of the cell)
    notes: tuple[str, ...] = ()
    notebook: bytes | None = None  # the file, which still is to be opened
    earlier: tuple[Submission, ...] = ()  # to the exercises that this one uses

    @property
    def digest(self) -> str:
        """SHA-256 of what was handed in: the text of a .py, the bytes of a notebook; "" when nothing runs.

        With it counts what was handed in to the exercises that this one uses.
        """
        if self.notebook is None and self.source is None:
            return ""
        content = self.notebook if self.notebook is not None else str(self.source).encode("utf-8", "surrogatepass")
        found = hashlib.sha256(content).hexdigest()
        parts = [f"{one.exercise} {one.digest}" for one in self.earlier]
        return hashlib.sha256("\n".join([found, *parts]).encode()).hexdigest() if parts else found

    def place(self, line: int) -> tuple[str, str]:
        """Where ``line`` of the source stands in what the student wrote ("line 7", "cell 3, line 2"), and its text."""
        lines = (self.source or "").split("\n")
        text = printable(lines[line - 1].strip()[:200]) if 0 < line <= len(lines) else ""
        for first, cell in reversed(self.cells):
            if line >= first:
                return f"cell {cell}, line {line - first + 1}", text
        return f"line {line}", text


class Refused(Exception):
    """A file cannot be graded; the :class:`Refusal` says why."""

    def __init__(self, cause: str, words: str) -> None:
        super().__init__(words)
        self.refusal = Refusal(cause, shown(words))  # they may quote the file


def short_name(name: str, length: int = 100) -> str:
    """A name, or another text of a stranger, on one line and cut: the end of a name tells more than its beginning."""
    visible = one_line(name[-length:])
    return visible if len(name) <= length >= len(visible) else f"…{visible[1 - length :]}"


def from_file(path: Path, student: str, exercise: str) -> Submission:
    """The submission in one file."""
    try:
        content = read_plain_file(path, MAX_NOTEBOOK if path.suffix == ".ipynb" else MAX_PY)
    except Refused as refused:
        return Submission(student, exercise, None, refused.refusal)
    return from_content(content, path.name, student, exercise)


def from_content(content: bytes, name: str, student: str, exercise: str) -> Submission:
    """The submission whose file, called ``name``, has this content."""
    if name.endswith(".ipynb"):
        return Submission(student, exercise, None, notebook=content)
    try:
        source = _decode(content, name)
    except Refused as refused:
        return Submission(student, exercise, None, refused.refusal)
    notes: tuple[str, ...] = ()
    if _TURNS_TEXT.search(source):
        notes = (f"{student}: {exercise} turns the direction of text somewhere: it may read otherwise than it runs.",)
    return Submission(student, exercise, source, notes=notes)


def joined(cells: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The code cells of a notebook as one source, and where each begins. Raises :class:`Refused`.

    Lines that ask Jupyter for a self-check are left empty: here, before anything is scanned or run, so that what is
    scanned is what runs, and so that every other line keeps its number.
    """
    lines: list[str] = []
    starts = []
    for number, source in enumerate(cells, start=1):
        starts.append((len(lines) + 1, number))
        own = without_checks(source).split("\n")
        for at, line in enumerate(own[:-1] if not own[-1] else own, start=1):
            if is_for_jupyter(line):
                found = f"Cell {number}, line {at} is for Jupyter, not Python: `{printable(line[:80])}`."
                raise Refused("magic", f"{found} Remove it and hand in again.")
            lines.append(line)
        lines.append("")
    return "\n".join(lines), tuple(starts)


def without_checks(cell: str) -> str:
    """A cell with empty lines in place of ``%load_ext grader``, ``%check …`` and, at its top, ``%%check …``."""
    lines = cell.split("\n")
    top = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if _CHECK_CELL.fullmatch(lines[top]):
        lines[top] = ""
    return "\n".join("" if _CHECK_LINE.fullmatch(line) else line for line in lines)


def is_for_jupyter(line: str) -> bool:
    """Whether a line of a notebook is refused by grading: a magic, a shell command, a question."""
    return _MAGIC.match(line) is not None


def read_plain_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; a link could show one student another's work, a device never ends.

    Raises :class:`Refused`.
    """
    name = short_name(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Refused("file", f"{name} is a link: hand in the file itself.") from error
        raise Refused("file", f"{name} could not be read: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Refused("file", f"{name} is not a plain file.")
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Refused("size", f"{name} is larger than {limit / 2**20:g} MB.")
    return content


def _decode(content: bytes, name: str) -> str:
    """UTF-8, with or without a byte order mark; what is scanned and what runs is this one text."""
    if len(content) > MAX_PY:
        raise Refused("size", f"{short_name(name)} is larger than {MAX_PY / 2**20:g} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("encoding", f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    if "\0" in text:
        raise Refused("encoding", "The file holds NUL characters: it is no Python text.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n", 2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie and not _OURS.fullmatch(cookie[1].replace("_", "-")):
            raise Refused("encoding", f"The file declares the encoding {cookie[1][:40]}; only UTF-8 is read.")
        if not _BEFORE_COOKIE.match(line):
            break  # the second line counts only below a comment or nothing
    return text
