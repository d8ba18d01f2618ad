"""Plain pytest, as instructors and students run it: no wall, the module next to the suite."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from grader.plugin import check_seed

from .conftest import REPOSITORY


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *arguments]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, cwd=REPOSITORY, timeout=120)


def test_the_public_suites_fail_on_the_untouched_templates() -> None:
    done = pytest_in(REPOSITORY / "exercises")

    assert done.returncode == 1
    assert "NotImplementedError" in done.stdout
    assert " passed" not in done.stdout.splitlines()[-1]


def test_a_public_suite_passes_on_a_completed_template(write_exercise: Callable[..., Path]) -> None:
    root = write_exercise()
    public = (
        "def test_it(student, randn, device, seed):\n    x = randn(2)\n    assert (student.double(x) == 2 * x).all()\n"
    )
    folder = root / "exercises" / "toy" / "double"
    folder.mkdir(parents=True)
    (folder / "test_public.py").write_text(public)
    (folder / "double.py").write_text("def double(x):\n    return 2 * x\n")

    assert pytest_in(folder).returncode == 0
    (folder / "double.py").write_text("def double(x):\n    return 3 * x\n")
    assert pytest_in(folder).returncode == 1


def test_a_suite_without_its_reference_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "exercises" / "toy" / "double"
    folder.mkdir(parents=True)
    (folder / "test_public.py").write_text("def test_it(reference):\n    pass\n")

    assert "a public suite must do without `reference`" in pytest_in(folder).stdout


def test_seeds_differ_by_secret_exercise_and_check() -> None:
    seeds = {check_seed(*words) for words in (("a", "b", "c"), ("x", "b", "c"), ("a", "x", "c"), ("a", "b", "x"))}

    assert len(seeds) == 4
    assert check_seed("a", "b", "c") in seeds
