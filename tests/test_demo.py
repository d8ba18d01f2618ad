"""The demo class, graded for real, is as the golden files have it: every score, every cause, every word.

After a wanted change: ``gradstep grade examples/class --out /tmp/out``, and copy the CSV files to ``tests/goldens``.
"""

from __future__ import annotations

import csv
import difflib
from pathlib import Path

from .test_cli import gradstep

GOLDENS = Path(__file__).parent / "goldens"


def test_the_class(tmp_path: Path) -> None:
    first = gradstep("grade", "examples/class", "--out", tmp_path / "first")
    second = gradstep("grade", "examples/class", "--out", tmp_path / "second", "--jobs", 2)

    assert (first.returncode, first.stderr) == (0, "")
    for table in ("scores.csv", "checks.csv", "mistakes.csv"):
        assert differences(tmp_path / "first" / table, GOLDENS / table) == []
        assert differences(tmp_path / "first" / table, tmp_path / "second" / table) == []
    assert second.stdout.replace("second", "first") == first.stdout

    again = gradstep("grade", "examples/class", "--out", tmp_path / "first")
    assert "(75 kept from an earlier run)" in again.stdout
    assert differences(tmp_path / "first/scores.csv", GOLDENS / "scores.csv") == []


def differences(one: Path, other: Path) -> list[str]:
    """The lines that differ, and no others: a table is long."""
    lines = (path.read_bytes().decode().splitlines(keepends=True) for path in (one, other))
    return list(difflib.unified_diff(*lines, n=0))


def test_the_golden_scores_are_what_they_should_be() -> None:
    with (GOLDENS / "scores.csv").open() as file:
        totals = {row["student"]: float(row["total"]) for row in csv.DictReader(file)}

    assert totals["ada"] == totals["grace"] == max(totals.values())  # right, and right in another way
    assert totals["alan"] == totals["ken"] == totals["mallory"] == 0  # untouched, accidents only, forgers only
    with (GOLDENS / "checks.csv").open() as file:
        causes = {row["cause"] for row in csv.DictReader(file) if row["student"] in ("ken", "mallory")}
    assert {"syntax", "cpu", "memory", "output", "import", "type", "exit", "protocol"} <= causes
