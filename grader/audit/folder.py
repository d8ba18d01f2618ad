"""What the folder of an exercise must hold before its suite is worth a look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from grader.convergence import is_current, read_bands
from grader.exercise import Course, CourseError, Exercise, read_text
from grader.release import out_of_step
from grader.replay import explanation
from grader.worker.names import resolve, scan

TODO = re.compile(r"\bTODO\b")  # what the scaffold leaves for the author to write
MIN_MISCONCEPTIONS = 3
RUNGS = 3
FLAKE = 1e-6  # how often a right answer may fail a check of convergence


def missing(course: Course, exercise: Exercise) -> Iterator[str]:
    """What the folder lacks, a sentence each."""
    texts = [path for path in sorted(exercise.folder.rglob("*")) if path.suffix in {".py", ".md", ".toml"}]
    parts = (
        _statement(exercise),
        *(_unwritten(exercise, path) for path in texts),
        _hints(exercise.folder / "hints.md"),
        _variants(exercise),
        _forbidden(exercise),
        _bands(exercise),
        _released(course, exercise),
    )
    for part in parts:
        try:
            yield from part
        except CourseError as error:  # a file that cannot be read hides no other fault
            yield str(error)


def _statement(exercise: Exercise) -> Iterator[str]:
    for name in ("README.md", "hints.md", "test_public.py"):
        path = exercise.folder / name
        if not path.exists() or not read_text(path).strip():
            yield f"{name} is missing or empty."


def _forbidden(exercise: Exercise) -> Iterator[str]:
    """What the exercise forbids exists, and no right answer uses it."""
    names = list(exercise.forbid.names)
    for name in names:
        if name.startswith(("torch.", "numpy.")) and resolve(name) is None:
            yield f"exercise.toml forbids {name}, which is not there: is it misspelt?"
    for path in (exercise.code, *exercise.alternatives):
        for name, line in scan(read_text(path), names, exercise.entries()).uses:
            yield f"{path.name} uses {name} (line {line}), which exercise.toml forbids: it would lose points."


def _released(course: Course, exercise: Exercise) -> Iterator[str]:
    if lines := out_of_step(course, [exercise.name]):
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        yield f"{lines[0]}{more}: run `gradstep release {exercise.name}`."


def _hints(path: Path) -> Iterator[str]:
    if path.exists():
        rungs = sum(line.startswith("## ") for line in read_text(path).splitlines())
        if rungs != RUNGS:
            yield f"hints.md has {rungs} rungs (## headings), expected {RUNGS}: a nudge, the method, almost there."


def _bands(exercise: Exercise) -> Iterator[str]:
    again = f"run `gradstep measure {exercise.name}`."
    asked_for = re.search(r"\bband\b", read_text(exercise.hidden_suite))
    if asked_for and not is_current(exercise):
        yield f"bands.json was measured on other code, or never: {again}"
    for name, band in read_bands(exercise.folder).items():
        if (flake := band.flake()) > FLAKE:
            few = f"{band.seeds} runs for {name} are too few"
            yield f"bands.json: {few}, {flake:.0e} of right answers may fail: {again}"


def _variants(exercise: Exercise) -> Iterator[str]:
    if not exercise.alternatives:
        yield "alternatives/ holds no right answer that is written differently: at least 1 is needed."
    if (count := len(exercise.misconceptions)) < MIN_MISCONCEPTIONS:
        yield f"misconceptions/ holds {count}, at least {MIN_MISCONCEPTIONS} are needed."
    for path in exercise.misconceptions:
        read_text(path)  # what is no text is told as such, not as a docstring that is missing
        if not explanation(path):
            yield f"misconceptions/{path.name} has no docstring: its first line is what the student reads."


def _unwritten(exercise: Exercise, path: Path) -> Iterator[str]:
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if TODO.search(line):
            yield f"{path.relative_to(exercise.folder)}, line {number}, is still to be written: {line.strip()}"
            return
