"""What the benchmarks grade is graded alike by all: the same eight checks, and the scores that submissions deserve."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import measure, peers, scaling
from benchmarks.peers.checks import CHECKS
from benchmarks.peers.gradstep import Warm
from benchmarks.submissions import POINTS, Work, mixed, right


def module(source: str, folder: Path) -> ModuleType:
    path = folder / "classifier.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("classifier", path)
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def passed(source: str, folder: Path) -> int:
    """How many of the checks that other graders run accept it."""
    student, count = module(source, folder), 0
    for check in CHECKS:
        try:
            check(student)
            count += 1
        except Exception:
            pass
    return count


HARMLESS = [work for work in mixed() if "os._exit" not in work.source and "while True" not in work.source]


def test_the_checks_of_other_graders_are_eight_with_a_title_each() -> None:
    assert [check.__name__ for check in CHECKS] == peers.TITLES
    assert len(CHECKS) == POINTS


@pytest.mark.parametrize("work", HARMLESS, ids=lambda work: work.student)
def test_other_graders_and_ours_give_what_is_deserved(work: Work, tmp_path: Path) -> None:
    assert passed(work.source, tmp_path) == work.score


def test_ours_gives_what_is_deserved_where_a_process_ends(tmp_path: Path) -> None:
    work = [one for one in mixed() if "while True" not in one.source]
    ours = Warm()
    ours.prepare(tmp_path, work)
    try:
        ours.grade()
    finally:
        ours.close()

    assert ours.scores() == {one.student: one.score for one in work}


def test_submissions_differ() -> None:
    assert len({work.source for work in right(12)}) == 12


def test_a_line_through_classes() -> None:
    points = [scaling.Point(students, 1, 0.0, 5 + 0.02 * students) for students in (10, 100, 1000)]

    assert scaling.line(points) == pytest.approx((5, 0.02))


def test_what_children_hold_counts() -> None:
    code = "import time; held = bytearray(80 * 2**20); held[::4096] = b'x' * len(held[::4096]); time.sleep(1)"

    assert 75 < measure.peak_mb(lambda: subprocess.run([sys.executable, "-c", code], check=True)) < 200
