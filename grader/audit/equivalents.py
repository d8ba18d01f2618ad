"""Mutants that an author calls equivalent, each with the reason."""

from __future__ import annotations

import tomllib

from grader.exercise import CourseError, Exercise


class Equivalents:
    """Mutants that the author calls equivalent, in ``equivalents.toml``: each with the reason."""

    def __init__(self, exercise: Exercise) -> None:
        self._path = exercise.folder / "equivalents.toml"
        text = self._path.read_text(encoding="utf-8") if self._path.exists() else ""
        try:
            self._entries = tomllib.loads(text).get("equivalent", [])
        except tomllib.TOMLDecodeError as error:
            raise CourseError(f"{self._path} is not valid TOML: {error}.") from error
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
            elif not str(entry.get("reason", "")).strip():
                self._faults.append(f"{self._path.name} gives no reason for {entry.get('before')}.")
        return self._faults
