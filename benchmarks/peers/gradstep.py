"""Ourselves: warm, as one submission after the other comes in; and as a command, from files to scores."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

from benchmarks import peers
from benchmarks.submissions import COURSE, EXERCISE, Work, write_class
from grader.grading import Grader, Settings
from grader.submission import Submission

FORBID = 'forbid = ["torch.nn.functional.cross_entropy", "torch.nn.CrossEntropyLoss", "torch.optim"]\n'
COMMAND = [sys.executable, str(Path(__file__).parents[2] / "cli.py")]


class Warm:
    name = "gradstep"
    command = "a confined worker for each submission, all layers of this machine on"

    def install(self) -> None:
        """It is here."""

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._submissions = [Submission(one.student, EXERCISE, one.source) for one in work]
        self._scores: dict[str, float | None] = {}
        self.grader = Grader(Settings(self.course(folder)))
        self.grader.grade(Submission("warm-up", EXERCISE, work[0].source))

    def course(self, folder: Path) -> Path:
        """The course to grade with; ``folder`` is free for one."""
        return COURSE

    def grade(self) -> None:
        for submission in self._submissions:
            self._scores[submission.student] = self.grader.grade(submission).score

    def scores(self) -> dict[str, float | None]:
        return self._scores

    def close(self) -> None:
        """End the zygote."""
        self.grader.close()


class Forbidding(Warm):
    """With what no other grader here does: names that a solution may not use are found in the source and in calls."""

    name = "gradstep, names forbidden"
    command = "as before; `forbid` watches for three names in the source and while the code runs"

    def course(self, folder: Path) -> Path:
        course = Path(shutil.copytree(COURSE, folder / "course"))
        settings = course / "solutions" / EXERCISE / "exercise.toml"
        settings.write_text(FORBID + settings.read_text())
        return course


class Command:
    name = "gradstep grade"
    command = "the command, from files to scores.csv and gradebook, its start included"

    def __init__(self, *options: str) -> None:
        self._options = options

    def install(self) -> None:
        """It is here."""

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._class = write_class(folder / "class", work)
        self._folder = folder
        self._run = 0

    def grade(self) -> None:
        self._run += 1
        options = ["--course", str(COURSE), "--out", f"grades{self._run}", *self._options]
        done = peers.run([*COMMAND, "grade", str(self._class), *options], self._folder)
        if not (self._folder / f"grades{self._run}" / "scores.csv").exists():
            raise peers.CannotRun(f"gradstep grade: {done.stderr or done.stdout}")

    def scores(self) -> dict[str, float | None]:
        with (self._folder / f"grades{self._run}" / "scores.csv").open(newline="", encoding="utf-8-sig") as file:
            rows = {row["student"]: row[EXERCISE] for row in csv.DictReader(file)}
        return {student: float(cell) if cell else None for student, cell in rows.items()}
