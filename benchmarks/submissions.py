"""What is handed in: right solutions that differ, and a class with mistakes of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).parent / "course"
EXERCISE = "bench/classifier"
NAME = EXERCISE.split("/")[1]
REFERENCE = COURSE / "solutions" / EXERCISE / f"{NAME}.py"
POINTS = 8


@dataclass(frozen=True)
class Work:
    """One student's file, and the points that it deserves."""

    student: str
    source: str
    score: int


def right(count: int) -> list[Work]:
    """``count`` files that deserve full marks."""
    source = REFERENCE.read_text()
    return [Work(f"student{n:04}", f"{source}\n# handed in as number {n}\n", POINTS) for n in range(count)]


def mixed() -> list[Work]:
    """Twelve students: six right, three wrong, one who crashes, one who ends the process, one who loops for ever."""
    source = REFERENCE.read_text()
    changes = [
        *([("", "", POINTS)] * 6),
        (").mean()", ").sum()", 5),
        ("return gradient / len(target)", "return gradient", 5),
        ("param -= lr * grad", "param += lr * grad", 5),
        ("return gradient / len(target)", "return gradient / len(targets)", 5),
        ("return gradient / len(target)", "import os; os._exit(0)", 5),
        ("return gradient / len(target)", "while True: pass", 5),
    ]
    return [
        Work(f"student{number:04}", f"{source.replace(old, new) if old else source}\n# {number}\n", score)
        for number, (old, new, score) in enumerate(changes)
    ]


def write_class(folder: Path, work: list[Work]) -> Path:
    """The files as ``gradstep grade`` takes them: ``<student>/<track>/<name>.py``."""
    for one in work:
        path = folder / one.student / f"{EXERCISE}.py"
        path.parent.mkdir(parents=True)
        path.write_text(one.source)
    return folder
