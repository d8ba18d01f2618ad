"""Mutants that an author calls equivalent, each with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.exercise import CourseError, Exercise, read_toml


class Equivalents:
    """Mutants that the author calls equivalent, in ``equivalents.toml``: each with the reason."""

    def __init__(self, exercise: Exercise) -> None:
        self._path = exercise.folder / "equivalents.toml"
        self._entries = _entries(self._path) if self._path.exists() else []
        self._met: set[int] = set()
        self._faults: list[str] = []
        self.count = 0

    def has(self, statement: str, before: str, after: str) -> bool:
        for index, entry in enumerate(self._entries):
            if (entry.get("statement"), entry.get("before"), entry.get("after")) == (statement, before, after):
                self._met.add(index)
                self.count += 1
                return True
        return False

    def killed(self, name: str) -> None:
        self._faults.append(f"{self._path.name} lists a mutant as equivalent that the suite refuses: {name}.")

    def faults(self) -> list[str]:
        for index, entry in enumerate(self._entries):
            if index not in self._met:
                self._faults.append(f"{self._path.name} lists a mutant that is not made (any more): {entry}.")
            elif not entry.get("reason", "").strip():
                self._faults.append(f"{self._path.name} gives no reason for {entry.get('before')}.")
        return self._faults


def _entries(path: Path) -> list[dict[str, str]]:
    found = read_toml(path)
    if unknown := set(found) - {"equivalent"}:
        raise CourseError(f"{path}: unknown key {', '.join(sorted(unknown))}. Known: equivalent.")
    entries = found.get("equivalent", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        expected = "expected a table [[equivalent]] for each mutant, with statement, before, after and reason"
        raise CourseError(f"{path}: equivalent is {entries!r}, {expected}.")
    for number, entry in enumerate(entries, 1):
        _require_strings(f"{path}: [[equivalent]] number {number}", entry)
    return entries


def _require_strings(where: str, entry: dict[str, Any]) -> None:
    for key in ("statement", "before", "after"):
        if key not in entry:
            raise CourseError(f'{where} has no {key}: expected {key} = "…".')
    for key, value in entry.items():
        if not isinstance(value, str):
            raise CourseError(f'{where}: {key} is {value!r}, expected {key} = "…".')
