"""``nbgrader autograde``: one process, which starts a Jupyter kernel for each notebook."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from benchmarks import peers
from benchmarks.peers.notebooks import cell, notebook
from benchmarks.submissions import NAME, REFERENCE, Work

SOLUTION = {"solution": True, "grade": False, "locked": False}
GRADED = {"solution": False, "grade": True, "locked": True, "points": 1}
IMPORTS = "import types, torch, checks\n"
THEIRS = "types.SimpleNamespace(**globals())"


class Nbgrader:
    name = "nbgrader"
    command = "nbgrader autograde, one process for all, a kernel for each"

    def install(self) -> None:
        self._bin = peers.environment("nbgrader", "nbgrader", "ipykernel")

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._folder = folder
        settings = [f"Execute.timeout = {peers.TIMEOUT}", f"ExecutePreprocessor.timeout = {peers.TIMEOUT}"]
        settings.append("CourseDirectory.course_id = 'bench'")
        config = ["c = get_config()", *(f"c.{setting}" for setting in settings)]
        (folder / "nbgrader_config.py").write_text("\n".join(config) + "\n")
        self._write(folder / "source/bench", REFERENCE.read_text())
        self._nbgrader("generate_assignment", "bench", "--force")
        for one in work:
            self._write(folder / "submitted" / one.student / "bench", one.source)

    def _write(self, folder: Path, source: str) -> None:
        folder.mkdir(parents=True)
        (folder / "checks.py").write_text(peers.CHECKS.read_text())
        tests = [cell(f"{IMPORTS}checks.{title}({THEIRS})", f"test_{title}", GRADED) for title in peers.TITLES]
        (folder / f"{NAME}.ipynb").write_text(notebook([cell(source, "solution", SOLUTION), *tests]))

    def _nbgrader(self, *arguments: str) -> None:
        done = peers.run([str(self._bin / "nbgrader"), *arguments], self._folder)
        if done.returncode and arguments[0] != "autograde":  # one that fails for a student says so with its status
            raise peers.CannotRun(f"nbgrader {arguments[0]}: {done.stderr.strip().splitlines()[-1]}")

    def grade(self) -> None:
        shutil.rmtree(self._folder / "autograded", ignore_errors=True)
        self._nbgrader("autograde", "bench", "--force")

    def scores(self) -> dict[str, float | None]:
        self._nbgrader("export", "--to", "grades.csv")
        graded = {path.parents[1].name for path in self._folder.glob(f"autograded/*/bench/{NAME}.ipynb")}
        with (self._folder / "grades.csv").open(newline="") as file:
            rows = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
        return {student: score if student in graded else None for student, score in rows.items()}
