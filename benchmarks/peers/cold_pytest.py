"""``python -m pytest``, started anew for each submission: what most home-made autograders do."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks import peers
from benchmarks.submissions import NAME, Work

SUITE = f"""
import {NAME}, checks, pytest

@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_it(check):
    check({NAME})
"""


class ColdPytest:
    name = "cold pytest"
    command = "python -m pytest, a process for each submission"

    def install(self) -> None:
        self._bin = peers.environment("pytest", "pytest", "pytest-timeout")

    def prepare(self, folder: Path, work: list[Work]) -> None:
        self._folders = {one.student: folder / one.student for one in work}
        self._scores: dict[str, float | None] = {}
        for one in work:
            place = self._folders[one.student]
            place.mkdir()
            (place / f"{NAME}.py").write_text(one.source)
            (place / "checks.py").write_text(peers.CHECKS.read_text())
            (place / "test_it.py").write_text(SUITE)

    def grade(self) -> None:
        command = [str(self._bin / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        for student, folder in self._folders.items():
            done = peers.run([*command, f"--timeout={peers.TIMEOUT}", "."], folder, seconds=peers.PATIENCE)
            passed = re.search(r"(\d+) passed", done.stdout.splitlines()[-1]) if done.stdout else None
            ended = done.returncode in (0, 1) and bool(done.stdout)
            self._scores[student] = (float(passed[1]) if passed else 0.0) if ended else None

    def scores(self) -> dict[str, float | None]:
        return self._scores
