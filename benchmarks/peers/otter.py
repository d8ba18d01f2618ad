"""``otter run``: Otter-Grader without its containers, started for each notebook."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import peers
from benchmarks.peers.notebooks import cell, notebook
from benchmarks.submissions import NAME, POINTS, Work

TEST = """OK_FORMAT = False
from otter.test_files import test_case
import types

name = "{title}"
points = 1

@test_case()
def test_it(env):
    import checks
    checks.{title}(types.SimpleNamespace(**env))
"""


class Otter:
    name = "Otter"
    command = "otter run, a process and a kernel for each submission"

    def install(self) -> None:
        self._bin = peers.environment("otter", "otter-grader[grading]")

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._folder = folder
        _write_tests(folder)
        options = ["-t", "tests", "-o", "autograder.zip", "--no-requirements", "--no-environment", "--no-config"]
        done = peers.run([str(self._bin / "otter"), "generate", *options, "checks.py"], folder)
        if done.returncode:
            raise peers.CannotRun(f"otter generate: {done.stderr.strip().splitlines()[-1]}")
        self._scores: dict[str, float | None] = {}
        self._students = [one.student for one in work]
        for one in work:
            (folder / f"{one.student}.ipynb").write_text(notebook([cell(one.source, "solution")]))

    def grade(self) -> None:
        for student in self._students:
            result = self._folder / "results.json"
            result.unlink(missing_ok=True)
            command = [str(self._bin / "otter"), "run", "-a", "autograder.zip", "--no-logo", f"{student}.ipynb"]
            peers.run(command, self._folder, seconds=peers.PATIENCE)
            self._scores[student] = self._read(result)

    def _read(self, result: Path) -> float | None:
        if not result.exists():
            return None
        return float(sum(test.get("score", 0) for test in json.loads(result.read_text())["tests"]))

    def scores(self) -> dict[str, float | None]:
        return self._scores


class SelfCheck:
    """``otter check``: what a student runs on a script, with the same tests."""

    name = "otter check"
    command = "otter check, a process for each check"

    def install(self) -> None:
        self._bin = peers.environment("otter", "otter-grader[grading]")

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._folder = folder
        _write_tests(folder)
        (folder / f"{NAME}.py").write_text(work[0].source)
        self._student = work[0].student
        self._passed = False

    def grade(self) -> None:
        done = peers.run([str(self._bin / "otter"), "check", f"{NAME}.py", "-t", "tests"], self._folder)
        self._passed = "All tests passed!" in done.stdout

    def scores(self) -> dict[str, float | None]:
        return {self._student: float(POINTS) if self._passed else None}


def _write_tests(folder: Path) -> None:
    (folder / "tests").mkdir()
    for title in peers.TITLES:
        (folder / "tests" / f"{title}.py").write_text(TEST.format(title=title))
    (folder / "checks.py").write_text(peers.CHECKS.read_text())
