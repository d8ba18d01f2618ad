"""The corpus of attacks: one file each, and what it must get.

The first line of an attack's docstring says it: ``Expected: failed (value), 0 of 6. B3, wall/numbers.`` – outcome,
cause, points, then the item of the catalogue (docs/security.md) and the exercise that it is handed in for. In place of
``@COURSE@``, ``@SUBMISSIONS@``, ``@RESULTS@`` and ``@HOME@`` it finds the true folders: these attackers know them.

A file with a function ``hand_in(home)`` is no submission: it makes one, below the folder ``home`` of its student,
for what no Python file can be. ``STUDENT`` in it is the student's name, if that is part of the attack.

An attack that gets through says HOLE and what was possible, and does no more harm than is needed to know that: it runs
with layers switched off as well. In its source the word stands in two pieces (``"HO" "LE"``): lines of it are quoted.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_FIRST_LINE = re.compile(
    r"Expected: (?P<outcome>[a-z]+)(?: \((?P<cause>[a-z ]+)\))?, (?P<score>[\d.]+) of (?P<of>\d+)\. "
    r"(?P<item>[A-K]\d+|honest), (?P<exercise>\w+/\w+)\."
)


@dataclass(frozen=True)
class Attack:
    """One file of the corpus and the verdict that it must get."""

    path: Path
    student: str
    outcome: str
    cause: str
    score: float
    of: float
    item: str  # of the catalogue; "honest" for the controls
    exercise: str

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def graded_as(self) -> str:
        """The student's name in results: what no terminal could show stands there as a visible escape."""
        name = os.fsencode(self.student).decode("utf-8", "backslashreplace")
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)

    @property
    def short_name(self) -> str:
        return self.exercise.partition("/")[2]


def corpus() -> list[Attack]:
    """All attacks and the honest controls among them, by name: every group begins and ends beside others' work."""
    return [_read(path) for path in sorted(FOLDER.glob("[a-k]_*/*.py")) + sorted(FOLDER.glob("honest/*.py"))]


def hand_in(attack: Attack, submissions: Path, places: dict[str, str]) -> None:
    """Lay the attack's files below ``submissions``; ``places`` are what ``@NAME@`` stands for."""
    home = submissions / attack.student
    home.mkdir()
    text = attack.path.read_text(encoding="utf-8")
    if "\ndef hand_in(" in text:
        _module(attack.path).hand_in(home)
        return
    for name, place in places.items():
        text = text.replace(f"@{name}@", place)
    file = home / f"{attack.exercise}.py"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")


def _read(path: Path) -> Attack:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    found = _FIRST_LINE.fullmatch(first)
    if not found:
        raise ValueError(f"{path}: expected a first line as in {__name__}, found {first!r}")
    names = [n for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "STUDENT"]
    student = ast.literal_eval(names[0].value) if names else f"{path.parent.name.partition('_')[0]}-{path.stem}"
    score, of = float(found["score"]), float(found["of"])
    return Attack(path, student, found["outcome"], found["cause"] or "", score, of, found["item"], found["exercise"])


def _module(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
