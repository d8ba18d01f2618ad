"""One warm process without a wall: a pytest session that was collected once runs again for each submission.

Nobody grades so, for the first submission could rewrite the scores of all others. It is the floor: less is not to be
had with pytest.
"""

from __future__ import annotations

import json
import subprocess
from os import environ
from pathlib import Path

from benchmarks import peers
from benchmarks.submissions import NAME, Work

SUITE = """
import checks, pytest

@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_it(check, student):
    check(student)
"""
# In the peer's own process: what it is told on a line of its input it grades, in the session that stays open.
SESSION = """
import gc, importlib.util, json, sys
import pytest, torch

torch.set_num_threads(1)

class Again:
    @pytest.fixture
    def student(self):
        return self.module

    def pytest_runtestloop(self, session):
        gc.collect()
        gc.freeze()
        print("ready", flush=True)
        for line in sys.stdin:
            scores = {student: self.grade(session.items, path) for student, path in json.loads(line).items()}
            print(json.dumps(scores), flush=True)
        return True

    def grade(self, items, path):
        spec = importlib.util.spec_from_file_location("classifier", path)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.passed = 0
        for item, following in zip(items, [*items[1:], None]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return self.passed

    def pytest_runtest_logreport(self, report):
        self.passed += report.when == "call" and report.passed

options = ["-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:capture", "-p", "no:unraisableexception"]
pytest.main([*options, "-p", "no:threadexception", "test_it.py"], plugins=[Again()])
"""


class WarmPytest:
    name = "warm pytest, no wall"
    command = "one process, a pytest session that is run again"

    def install(self) -> None:
        self._bin = peers.environment("pytest", "pytest", "pytest-timeout")

    def prepare(self, folder: Path, work: list[Work]) -> None:
        for name, text in (("checks.py", peers.CHECKS.read_text()), ("test_it.py", SUITE), ("session.py", SESSION)):
            (folder / name).write_text(text)
        self._paths = {one.student: str(folder / f"{one.student}_{NAME}.py") for one in work}
        for one in work:
            Path(self._paths[one.student]).write_text(one.source)
        self._scores: dict[str, float | None] = {}
        self._process = subprocess.Popen(
            [str(self._bin / "python"), "session.py"],
            cwd=folder,
            env=environ | {"OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise peers.CannotRun("its process has ended")
        return line

    def grade(self) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(self._paths) + "\n")
        self._process.stdin.flush()
        self._scores = json.loads(self._line())

    def scores(self) -> dict[str, float | None]:
        return self._scores

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
