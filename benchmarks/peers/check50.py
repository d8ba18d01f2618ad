"""CS50's check50, offline, started for each submission; it runs each check in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import peers
from benchmarks.submissions import NAME, Work

CHECK = """

@check50.check(timeout={timeout})
def {title}():
    "{title}"
    checks.{title}(check50.py.import_("{name}.py"))
"""
HEAD = """import pathlib, sys
import check50, check50.py, torch
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import checks
"""


class Check50:
    name = "check50"
    command = "check50 --dev --output json, a process for each submission"

    def install(self) -> None:
        self._bin = peers.environment("check50", "check50")

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._checks = folder / "checks"
        self._checks.mkdir()
        (self._checks / "checks.py").write_text(peers.CHECKS.read_text())
        (self._checks / ".cs50.yml").write_text("check50:\n  checks: __init__.py\n")
        tests = [CHECK.format(title=title, name=NAME, timeout=peers.TIMEOUT) for title in peers.TITLES]
        (self._checks / "__init__.py").write_text(HEAD + "".join(tests))
        self._scores: dict[str, float | None] = {}
        self._folders = {one.student: folder / one.student for one in work}
        for one in work:
            self._folders[one.student].mkdir()
            (self._folders[one.student] / f"{NAME}.py").write_text(one.source)

    def grade(self) -> None:
        options = ["--dev", "--log-level", "error", "-o", "json", "--output-file", "../result.json"]
        for student, folder in self._folders.items():
            result = folder.parent / "result.json"
            result.unlink(missing_ok=True)
            peers.run([str(self._bin / "check50"), *options, str(self._checks)], folder, seconds=2 * peers.PATIENCE)
            self._scores[student] = self._read(result)

    def _read(self, result: Path) -> float | None:
        if not result.exists():
            return None
        results = json.loads(result.read_text()).get("results")
        return None if results is None else float(sum(bool(one["passed"]) for one in results))

    def scores(self) -> dict[str, float | None]:
        return self._scores
